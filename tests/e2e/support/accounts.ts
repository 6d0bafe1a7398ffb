/** Accounts made past the browser: of people who use models as other programs do, and with a role. */
import { expect } from "@playwright/test";

import { required } from "./environment";

export interface Account {
  uid: string;
  token: string;
  name: string;
  email: string;
}

async function post(address: string, body: unknown, token: string): Promise<unknown> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  expect(response.status, address).toBe(200);
  return response.json();
}

const apiKey = "local";

function accounts(what: string, body: object): Promise<unknown> {
  const host = required("FIREBASE_AUTH_EMULATOR_HOST");
  const address = `http://${host}/identitytoolkit.googleapis.com/v1/accounts:${what}?key=${apiKey}`;
  return post(address, body, "owner");
}

export async function makeAccount(name: string): Promise<Account> {
  const email = `${name.split(" ")[0]?.toLowerCase()}-${crypto.randomUUID()}@example.com`;
  const secret = { email, password: "correct horse", returnSecureToken: true };
  await accounts("signUp", { ...secret, displayName: name });
  const { localId, idToken } = (await accounts("signInWithPassword", secret)) as {
    localId: string;
    idToken: string;
  };
  return { uid: localId, token: idToken, name, email };
}

/** Asks a model that has a price, as another program does. */
export async function askAsProgram(
  { token }: Pick<Account, "token">,
  model: string,
): Promise<void> {
  const data = { model, messages: [{ role: "user", content: "What is counted?" }] };
  await post(`${required("COLONYCRAFT_FUNCTIONS")}/openai`, { data }, token);
}

/** The account that signs in with Google under this e-mail. */
async function accountOf(person: { name: string; email: string }) {
  const claims = { sub: `google.com:${person.email}`, email_verified: true, ...person };
  const account = await accounts("signInWithIdp", {
    postBody: `providerId=google.com&id_token=${encodeURIComponent(JSON.stringify(claims))}`,
    requestUri: "http://localhost",
    returnSecureToken: true,
  });
  return account as { localId: string; idToken: string; refreshToken: string };
}

/** Makes the account that signs in with Google under this e-mail an administrator's. */
export async function makeAdministrator(person: { name: string; email: string }): Promise<void> {
  const { localId } = await accountOf(person);
  await accounts("update", { localId, customAttributes: JSON.stringify({ role: "admin" }) });
}

/** What a browser keeps of somebody who has signed in with Google: items of the local storage. */
export async function keptOf(person: {
  name: string;
  email: string;
}): Promise<Record<string, string>> {
  const { localId: uid, idToken, refreshToken } = await accountOf(person);
  const { name, email } = person;
  const known = { uid, email, displayName: name };
  // As Firebase's client keeps it; it takes it from here into its database.
  const user = {
    ...known,
    emailVerified: true,
    isAnonymous: false,
    providerData: [{ ...known, providerId: "google.com", phoneNumber: null, photoURL: null }],
    stsTokenManager: {
      refreshToken,
      accessToken: idToken,
      expirationTime: Date.now() + 3_600_000,
    },
    apiKey,
    appName: "[DEFAULT]",
  };
  return {
    [`firebase:authUser:${apiKey}:[DEFAULT]`]: JSON.stringify(user),
    "colonycraft.person": JSON.stringify({
      uid,
      name,
      email,
      photo: null,
      providers: ["google.com"],
    }),
  };
}
