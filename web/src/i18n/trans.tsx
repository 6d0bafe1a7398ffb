import { i18n } from "@lingui/core";
import { TransNoContext, type TransProps } from "@lingui/react/server";

const lingui = { i18n };

/** What the macro `Trans` becomes: a text with elements in it. */
export function Trans(props: TransProps) {
  return <TransNoContext {...props} lingui={lingui} />;
}
