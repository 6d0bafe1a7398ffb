/** Signing in and out. What talks to Firebase comes later than the page (`sdk.ts`). */
import { startPlatform } from "./app";
import type { ProviderId } from "./sdk";
import { forgetEverything } from "./sign-out";

export type { ProviderId } from "./sdk";
export { sessionStore, type Person, type Session } from "./session";

export async function signInWithProvider(provider: ProviderId): Promise<void> {
  const { auth, sdk } = await startPlatform();
  await sdk.signInWithProvider(auth, provider);
}

export async function signInWithEmail(email: string, password: string): Promise<void> {
  const { auth, sdk } = await startPlatform();
  await sdk.signInWithEmail(auth, email, password);
}

export async function registerWithEmail(
  name: string,
  email: string,
  password: string,
): Promise<void> {
  const { auth, sdk } = await startPlatform();
  await sdk.registerWithEmail(auth, name, email, password);
}

export async function sendPasswordReset(email: string): Promise<void> {
  const { auth, sdk } = await startPlatform();
  await sdk.sendPasswordReset(auth, email);
}

/** Ends with the page loaded anew. */
export async function signOut(): Promise<void> {
  const { auth, sdk } = await startPlatform();
  await forgetEverything();
  await sdk.signOut(auth);
}

/** The short code of an error of Firebase Authentication, such as `auth/wrong-password`. */
export function authErrorCode(error: unknown): string | null {
  const isOfFirebase = error instanceof Error && error.name === "FirebaseError";
  return isOfFirebase && "code" in error && typeof error.code === "string" ? error.code : null;
}
