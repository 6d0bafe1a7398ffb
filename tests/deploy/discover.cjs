/**
 * What the real firebase-tools makes of this checkout, without the network: `node discover.cjs
 * <checkout> <project>` prints one JSON object.
 *
 * functions: each function's options and environment, as `firebase deploy` discovers them
 * secrets:   secret -> service accounts that it would grant the secret to
 * scheduler: scheduled function -> the account that Cloud Scheduler would sign its calls as
 * apis:      the APIs that it would see to being switched on
 * uploaded:  the files of the functions' source that would be uploaded
 * invalid:   what firebase-tools finds wrong with firebase.json
 */
"use strict";

const path = require("node:path");

const [checkout, project] = process.argv.slice(2);
const part = (name) => require(path.join(checkout, "node_modules/firebase-tools/lib", name));
const { Config } = part("config");
const { normalizeAndValidate } = part("functions/projectConfig");
const prepare = part("deploy/functions/prepare");
const build = part("deploy/functions/build");
const backend = part("deploy/functions/backend");
const ensure = part("deploy/functions/ensure");
const scheduler = part("gcp/cloudscheduler");
const { readdirRecursive } = part("fsAsync");
const { getValidator, getErrorMessage } = part("firebaseConfigValidate");

async function main() {
  const firebaseConfig = { projectId: project };
  const options = { projectId: project, project, cwd: checkout, nonInteractive: true };
  options.config = Config.load(options);
  const codebases = normalizeAndValidate(options.config.src.functions);
  const builds = await prepare.loadCodebases(codebases, options, firebaseConfig, {}, undefined);
  const [{ codebase, source, ignore }] = codebases;
  const { backend: want } = await build.resolveBackend({
    build: builds[codebase],
    firebaseConfig,
    userEnvs: {},
    codebase,
    nonInteractive: true,
    isEmulator: false,
  });
  const endpoints = backend.allEndpoints(want);
  const accounts = {};
  for (const endpoint of endpoints.filter(backend.isScheduleTriggered)) {
    const job = await scheduler.jobFromEndpoint(endpoint, "us-central1", "1");
    accounts[endpoint.id] = job.httpTarget.oidcToken.serviceAccountEmail;
  }
  const root = path.join(checkout, source);
  const files = await readdirRecursive({ path: root, ignoreStrings: ignore });
  const validate = getValidator();
  validate(options.config.src);
  return {
    functions: Object.fromEntries(endpoints.map((endpoint) => [endpoint.id, endpoint])),
    secrets: await ensure.secretsAccessDelta({
      projectId: project,
      wantBackend: want,
      haveBackend: backend.empty(),
    }),
    scheduler: accounts,
    apis: want.requiredAPIs.map(({ api }) => api),
    uploaded: files.map(({ name }) => path.relative(root, name)).sort(),
    invalid: (validate.errors ?? []).map(getErrorMessage),
  };
}

main().then(
  (found) => {
    process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
  },
  (error) => {
    process.stderr.write(`${error.stack}\n`, () => process.exit(1));
  },
);
