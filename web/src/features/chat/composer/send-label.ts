import { plural, t } from "@lingui/core/macro";

/** What the button that sends is called, by how many models it asks. */
export function sendLabel(models: number): string {
  return models > 1 ? plural(models, { one: "Ask # model", other: "Ask # models" }) : t`Send`;
}
