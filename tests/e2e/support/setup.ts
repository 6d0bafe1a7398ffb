/** Before all tests: the suite's own provider, and the moment from which the stack offers it. */
import { setTimeout as pause } from "node:timers/promises";

import { required } from "./environment";
import { call, someToken } from "./operations";
import { startProvider } from "./provider";

/** The functions remember for some seconds that nobody answered at the provider's address. */
async function untilOffered(): Promise<void> {
  const token = await someToken();
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const listed = JSON.stringify(await call("models.list", {}, token));
    if (listed.includes("openai/test-model")) return;
    await pause(250);
  }
  throw new Error("The stack does not offer the suite's own provider.");
}

/** Playwright calls this before all tests, and what it returns after them. */
export default async function setup(): Promise<() => Promise<void>> {
  const stop = await startProvider(required("COLONYCRAFT_PROVIDER"));
  await untilOffered();
  return stop;
}
