/** Before all tests: the suite's own provider, and the moment from which the stack offers it. */
import { setTimeout as pause } from "node:timers/promises";

import { required } from "./environment";
import { startProvider } from "./provider";

async function post(address: string, body: unknown, token?: string): Promise<unknown> {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  return response.json();
}

async function someToken(): Promise<string> {
  const auth = required("FIREBASE_AUTH_EMULATOR_HOST");
  const account = await post(
    `http://${auth}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=local`,
    {
      email: `setup-${crypto.randomUUID()}@example.com`,
      password: "for the setup",
      returnSecureToken: true,
    },
  );
  return (account as { idToken: string }).idToken;
}

/** The functions remember for some seconds that nobody answered at the provider's address. */
async function untilOffered(): Promise<void> {
  const token = await someToken();
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const address = `${required("COLONYCRAFT_FUNCTIONS")}/api/models.list`;
    const listed = JSON.stringify(await post(address, { data: {} }, token));
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
