import { t } from "@lingui/core/macro";

import { formatList, formatNumber } from "@/i18n/format";

import type { FieldProblem } from "../contract.gen";
import { sentences, type Words } from "./parts";

const sessionOver = () => t`Your session has ended. Sign in again; what you typed is kept.`;

export const ofTheDoor = {
  internal: () => t`Something went wrong on our side. Nothing was lost; try again.`,
  "invalid-fields": ({ fields }) =>
    sentences(t`This cannot be taken as it is.`, fields.length > 0 ? fieldsText(fields) : null),
  "request-malformed": () => t`The request cannot be read. Reload the page and try again.`,
  "request-too-large": ({ most }) =>
    t`This is too large: at most ${{ size: formatNumber(most) }} KiB can be sent at once.`,
  "request-too-many-values": () => t`This has too many parts to be sent at once.`,
  "request-with-nul": () => t`This contains a NUL character, which cannot be stored. Remove it.`,
  "no-such-operation": () => t`This does not exist any more. Reload the page.`,
  "administrators-only": () => t`Only an administrator of this workspace can do this.`,
  "signed-out": sessionOver,
  "sign-in-over": sessionOver,
  "sign-in-unchecked": () => t`Your sign-in cannot be checked right now. Try again.`,
  "not-the-app": () => t`This request was not recognised as coming from the app. Reload the page.`,
  "account-gone": () => t`The account that this is for is gone, or disabled.`,
  "account-unchecked": () => t`Accounts cannot be checked right now. Try again.`,
  "names-unknown": () => t`The names of people cannot be had right now. Try again.`,
  "database-away": () => t`The database did not answer. Try again.`,
  "not-a-task": () => t`Only the workspace itself can do this.`,
  "request-id-reused": () =>
    t`This was sent before with other content. Reload the page and try again.`,
  contended: () => t`This is being changed from several places. Try again.`,
  "setting-wrong": () =>
    t`A setting of this workspace is wrong. Whoever runs it finds in its log what is to be put right.`,
} satisfies Partial<Words>;

function fieldsText(fields: readonly FieldProblem[]): string {
  return t`Check ${{ fields: formatList(fields.map(fieldText)) }}.`;
}

function fieldText({ field, kind, limit }: FieldProblem): string {
  const most = limit === null ? "" : formatNumber(limit);
  if (limit === null && kind !== "missing" && kind !== "unknown") return t`${field} (not valid)`;
  switch (kind) {
    case "missing":
      return t`${field} (missing)`;
    case "unknown":
      return t`${field} (unknown)`;
    case "too-short":
      return t`${field} (too short, at least ${most})`;
    case "too-long":
      return t`${field} (too long, at most ${most})`;
    case "too-small":
      return t`${field} (too small, at least ${most})`;
    case "too-large":
      return t`${field} (too large, at most ${most})`;
    case "invalid":
      return t`${field} (not valid)`;
  }
}
