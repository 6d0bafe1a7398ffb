import { plural, t } from "@lingui/core/macro";

import { durationText } from "@/i18n/durations";

import type { Words } from "./parts";

/** Of models and their providers. */
export const ofCalls = {
  "model-missing": ({ model }) => t`There is no model called ${model}. Choose another one.`,
  "model-limited": ({ model, seconds }) =>
    t`${model}: the provider’s rate limit is reached. It can be asked again in ${{ time: durationText(seconds) }}.`,
  "model-in-trouble": ({ model, since }) =>
    t`${model} has been in trouble for ${{ time: durationText(since) }}.`,
  "model-rests": ({ model, since, seconds }) =>
    t`${model} has been in trouble for ${{ since: durationText(since) }}. It can be asked again in ${{ time: durationText(seconds) }}.`,
  "connection-without-key": ({ connection, secret }) =>
    t`${connection} has no key here. Whoever deployed this workspace can put ${secret} into its secrets.`,
  "connection-without-local-key": ({ connection, secret }) =>
    t`${connection} has no key here. Put ${secret} into functions/.secret.local.`,
  "connection-without-address": ({ connection }) =>
    t`${connection} has no address where its models are listed.`,
  unsupported: () => t`The model cannot do what was asked. Choose another one.`,
  "request-contradictory": () => t`The request contradicts itself.`,
  "too-many-to-embed": ({ most }) =>
    plural(most, {
      one: "At most # text can be embedded at once.",
      other: "At most # texts can be embedded at once.",
    }),
  "text-not-to-embed": ({ most }) =>
    plural(most, {
      one: "A text to embed has # byte.",
      other: "A text to embed has from 1 to # bytes.",
    }),
  "call-stopped": () => t`The call was stopped.`,
  "late-first-token": () => t`The model did not begin to answer in time.`,
  "late-idle": () => t`The model stopped in the middle of its answer.`,
  "late-total": () => t`The answer took longer than is allowed.`,
  "provider-key-refused": () =>
    t`The provider refused the key. Whoever runs this workspace can replace it.`,
  "provider-key-without-access": () =>
    t`The provider gives this key no access. Whoever runs this workspace can replace it.`,
  "provider-quota": () => t`There is no quota or money left at the provider.`,
  "provider-limit": () => t`The provider’s rate limit is reached.`,
  "provider-busy": () => t`The provider is overloaded or failing.`,
  "provider-without-model": () => t`The provider does not have this model.`,
  "provider-without-memory": () => t`The model needs more memory than its server has.`,
  "provider-without-feature": ({ feature }) => t`The model does not support this: ${feature}.`,
  "provider-context": () => t`The request is longer than the model can take.`,
  "provider-filter": () => t`The provider’s content policy refused the request.`,
  "provider-rejected": () => t`The provider does not accept this request.`,
  "provider-address": () =>
    t`The provider’s address does not serve this. Whoever runs this workspace can check it.`,
  "provider-unreachable": () => t`The provider could not be reached.`,
  "provider-broke": () => t`The connection to the provider broke.`,
  "provider-silent": () => t`The provider was silent for too long.`,
  "provider-unclear": () => t`The provider’s answer could not be understood.`,
} satisfies Partial<Words>;
