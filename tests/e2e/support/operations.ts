/** Operations as other programs call them, by accounts that no browser signs in with. */
import { required } from "./environment";

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

/** What an operation answers, or its error. */
export async function call(operation: string, data: object, token: string): Promise<unknown> {
  return post(`${required("COLONYCRAFT_FUNCTIONS")}/api/${operation}`, { data }, token);
}

/** A token of a new account. */
export async function someToken(claims: object = {}): Promise<string> {
  const accounts = `http://${required("FIREBASE_AUTH_EMULATOR_HOST")}/identitytoolkit.googleapis.com/v1`;
  const credentials = {
    email: `program-${crypto.randomUUID()}@example.com`,
    password: "for a program",
    returnSecureToken: true,
  };
  const created = await post(`${accounts}/accounts:signUp?key=local`, credentials);
  const { localId } = created as { localId: string };
  const customAttributes = JSON.stringify(claims);
  await post(`${accounts}/accounts:update`, { localId, customAttributes }, "owner");
  const account = await post(`${accounts}/accounts:signInWithPassword?key=local`, credentials);
  return (account as { idToken: string }).idToken;
}
