import { plural, t } from "@lingui/core/macro";

import type { Words } from "./parts";

export const ofKeys = {
  "key-may-not": () => t`A key cannot do this. Sign in.`,
  "key-unknown": () => t`This key is not known here. Check that it was copied whole.`,
  "key-gone": () => t`This key is gone.`,
  "key-revoked": () => t`This key was revoked.`,
  "key-expired": () => t`This key has expired. Make another one.`,
  "key-missing": () => t`There is no such key any more.`,
  "key-not-for-model": () => t`This key is not for this model.`,
  "key-made-already": () =>
    t`A key was made of this already, and a key is shown once. Revoke it, and make another.`,
  "keys-full": ({ most }) =>
    plural(most, {
      one: "You have # key, the most there can be. Revoke it.",
      other: "You have # keys, the most there can be. Revoke one.",
    }),
  "keys-off": () => t`Keys are switched off in this workspace.`,
  "keys-not-for-guests": () => t`Guests cannot make keys. Sign in with an account.`,
} satisfies Partial<Words>;
