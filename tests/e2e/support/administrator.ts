/** Accounts with a role, as only who runs the project can give them. */
import { required } from "./environment";

interface Account {
  localId: string;
}

async function post(method: string, body: object): Promise<Account> {
  const host = required("FIREBASE_AUTH_EMULATOR_HOST");
  const address = `http://${host}/identitytoolkit.googleapis.com/v1/accounts:${method}`;
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer owner" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The Auth emulator answered ${response.status}.`);
  return (await response.json()) as Account;
}

/** Makes the account that signs in with Google under this e-mail an administrator's. */
export async function makeAdministrator(person: { name: string; email: string }): Promise<void> {
  const claims = { sub: `google.com:${person.email}`, email_verified: true, ...person };
  const { localId } = await post("signInWithIdp", {
    postBody: `providerId=google.com&id_token=${encodeURIComponent(JSON.stringify(claims))}`,
    requestUri: "http://localhost",
    returnSecureToken: true,
  });
  await post("update", { localId, customAttributes: JSON.stringify({ role: "admin" }) });
}
