/**
 * Sign-in against the Auth emulator, which takes a provider's claims as plain JSON: Google's and
 * GitHub's real windows need the internet. Reached only by an import that production drops.
 */
import {
  connectAuthEmulator,
  getAuth,
  GoogleAuthProvider,
  OAuthProvider,
  signInWithCredential,
  type Auth,
} from "firebase/auth";

import type { ProviderId } from "./sdk";

export interface LocalPerson {
  name: string;
  email: string;
}

export function connectToEmulator(auth: Auth, address: string): void {
  connectAuthEmulator(auth, address, { disableWarnings: true });
}

export async function signInLocally(provider: ProviderId, person: LocalPerson): Promise<void> {
  const claims = JSON.stringify({
    sub: `${provider}:${person.email}`,
    email: person.email,
    email_verified: true,
    name: person.name,
  });
  const credential =
    provider === "google.com"
      ? GoogleAuthProvider.credential(claims)
      : new OAuthProvider(provider).credential({ idToken: claims });
  await signInWithCredential(getAuth(), credential);
}
