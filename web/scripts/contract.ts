/** contract.json (written by the backend's table of operations) to contract.gen.ts; `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";

import { compile, type JSONSchema } from "json-schema-to-typescript";

interface OperationEntry {
  function: string;
  streamed: boolean;
  timeout: number;
  input: string;
  output: string;
  event: string | null;
}

/** What most operations have: a page begins with the others alone. */
const usual = { function: "api", timeout: 60 };

/** What a parameter of a reason is; the others are texts. */
const kinds: Record<string, string> = {
  count: "number",
  seconds: "number",
  duration: "number",
  revision: "number",
  budget: "BudgetRefusal",
  fields: "FieldProblem[]",
};

interface Contract {
  operations: Record<string, OperationEntry>;
  /** The kinds of its parameters. */
  reasons: Record<string, Record<string, string>>;
  definitions: Record<string, JSONSchema>;
}

const source = new URL("../src/contract/contract.json", import.meta.url);
const target = new URL("../src/contract/contract.gen.ts", import.meta.url);
const banner = "/* Generated from contract.json by `npm run contract`. Do not edit. */";

async function generate(contract: Contract): Promise<string> {
  const schema: JSONSchema = {
    $id: "Definitions",
    type: "object",
    definitions: contract.definitions,
  };
  const types = await compile(schema, "Definitions", {
    additionalProperties: false,
    bannerComment: banner,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
  });
  const entries = Object.entries(contract.operations).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const operations = entries.map(
    ([name, { input, output, event }]) =>
      `  ${JSON.stringify(name)}: { input: ${input}; output: ${output}; event: ${event ?? "never"} };`,
  );
  const unusual = entries
    .filter(([, entry]) => entry.function !== usual.function || entry.timeout !== usual.timeout)
    .map(
      ([name, entry]) =>
        `  ${JSON.stringify(name)}: { function: ${JSON.stringify(entry.function)}, timeout: ${entry.timeout} },`,
    );
  const reasons = Object.entries(contract.reasons).map(([name, parameters]) => {
    const fields = Object.entries(parameters).map(
      ([field, kind]) => `${field}: ${kinds[kind] ?? "string"}`,
    );
    return `  ${JSON.stringify(name)}: { ${fields.join("; ")} };`;
  });
  return [
    types
      .replace(/export interface Definitions \{[^}]*\}\n/, "")
      .replaceAll(/\s*\*?\s*\n \* This interface was referenced by [^/]*?"\./g, "")
      .replaceAll(/\/\*\*\s*\*\/\n/g, "")
      .trim(),
    `export interface Operations {\n${operations.join("\n")}\n}`,
    `/** Why something failed: the parameters of each reason. */\nexport interface Reasons {\n${reasons.join("\n")}\n}`,
    `export type ErrorDetails = {\n  [Name in keyof Reasons]: { reason: Name } & Reasons[Name];\n}[keyof Reasons];`,
    `/** The function that an operation is in, and the seconds that it may take. */\nexport interface Place {\n  function: string;\n  timeout: number;\n}`,
    `export const usualPlace: Place = { function: "${usual.function}", timeout: ${usual.timeout} };`,
    `/** Those that are elsewhere, or may take another time. */\nexport const otherPlaces: { [Name in keyof Operations]?: Place } = {\n${unusual.join("\n")}\n};`,
    "",
  ].join("\n\n");
}

const generated = await generate(JSON.parse(readFileSync(source, "utf8")) as Contract);
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== generated) {
    console.error("contract.gen.ts is not what contract.json says: run `npm run contract`.");
    process.exit(1);
  }
} else {
  writeFileSync(target, generated);
}
