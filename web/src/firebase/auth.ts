import { FirebaseError } from "firebase/app";
import {
  createUserWithEmailAndPassword,
  GithubAuthProvider,
  GoogleAuthProvider,
  onAuthStateChanged,
  sendPasswordResetEmail,
  signInWithEmailAndPassword,
  signInWithPopup,
  signOut as signOutOfFirebase,
  updateProfile,
  type User,
} from "firebase/auth";

import { getPlatform } from "./app";
import { forgetEverything } from "./sign-out";

export type ProviderId = "google.com" | "github.com";

export interface Person {
  uid: string;
  name: string | null;
  email: string | null;
  photo: string | null;
  providers: string[];
}

export type Session =
  | { state: "loading" }
  | { state: "signed-out" }
  | { state: "signed-in"; person: Person };

let session: Session = { state: "loading" };
const listeners = new Set<() => void>();

const signedInKey = "colonycraft.signed-in";

/** What this browser had at the last visit: known at once, and no more than a guess. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(signedInKey) !== null;
  } catch {
    return false;
  }
}

function noteSignedIn(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(signedInKey, "true");
    else localStorage.removeItem(signedInKey);
  } catch {
    // The next visit begins without a guess.
  }
}

function publish(user: User | null): void {
  noteSignedIn(user !== null);
  session = user ? { state: "signed-in", person: describe(user) } : { state: "signed-out" };
  for (const listener of listeners) listener();
}

function describe(user: User): Person {
  return {
    uid: user.uid,
    name: user.displayName,
    email: user.email,
    photo: user.photoURL,
    providers: user.providerData.map((provider) => provider.providerId),
  };
}

export const sessionStore = {
  get: (): Session => session,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Resolves when it is known who is signed in. */
export async function watchSession(): Promise<void> {
  const { auth } = getPlatform();
  onAuthStateChanged(auth, (user) => {
    // Here or in another tab. What this tab has in its memory goes with the page.
    if (user === null && session.state === "signed-in") {
      noteSignedIn(false);
      void forgetEverything().finally(() => location.reload());
    } else publish(user);
  });
  await auth.authStateReady();
  publish(auth.currentUser);
}

export async function signInWithProvider(provider: ProviderId): Promise<void> {
  const { auth } = getPlatform();
  await signInWithPopup(
    auth,
    provider === "google.com" ? new GoogleAuthProvider() : new GithubAuthProvider(),
  );
}

export async function signInWithEmail(email: string, password: string): Promise<void> {
  await signInWithEmailAndPassword(getPlatform().auth, email, password);
}

export async function registerWithEmail(
  name: string,
  email: string,
  password: string,
): Promise<void> {
  const { user } = await createUserWithEmailAndPassword(getPlatform().auth, email, password);
  await updateProfile(user, { displayName: name });
  // The functions read the name from the token, and the first one was made without it.
  await user.getIdToken(true);
  publish(user);
}

export async function sendPasswordReset(email: string): Promise<void> {
  await sendPasswordResetEmail(getPlatform().auth, email);
}

/** Ends with the page loaded anew. */
export async function signOut(): Promise<void> {
  await forgetEverything();
  await signOutOfFirebase(getPlatform().auth);
}

/** The short code of an error of Firebase Authentication, such as `auth/wrong-password`. */
export function authErrorCode(error: unknown): string | null {
  return error instanceof FirebaseError ? error.code : null;
}
