/** What must never happen while the product is used: the browser tells of it. */
import type { BrowserContext, ConsoleMessage, Dialog, WebError } from "@playwright/test";

export interface Watched {
  /** Told by the browser: violations of the policy, errors of scripts. */
  problems: string[];
  /** Messages in the console that a test brings about on purpose. */
  expected: RegExp[];
}

/** Gives what ends the watch. */
export function watch(context: BrowserContext, { problems, expected }: Watched): () => void {
  const note = (problem: string) => {
    if (!expected.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  const hear = (message: ConsoleMessage) => {
    const { url } = message.location();
    if (message.type() === "error" || message.type() === "warning")
      note(`${message.text()} ${url}`);
  };
  const fail = (error: WebError) => note(error.error().message);
  const meet = (dialog: Dialog) => note(`dialog: ${dialog.message()}`);
  context.on("console", hear).on("weberror", fail).on("dialog", meet);
  return () => context.off("console", hear).off("weberror", fail).off("dialog", meet);
}
