/** Firebase itself and its Authentication; reached by `import()` alone: a page is drawn before it is there. */
import { initializeApp, type FirebaseApp } from "firebase/app";
import {
  browserLocalPersistence,
  browserPopupRedirectResolver,
  createUserWithEmailAndPassword,
  GithubAuthProvider,
  GoogleAuthProvider,
  indexedDBLocalPersistence,
  initializeAuth,
  onAuthStateChanged,
  sendPasswordResetEmail,
  signInWithEmailAndPassword,
  signInWithPopup,
  signOut as signOutOfFirebase,
  updateProfile,
  type Auth,
  type User,
} from "firebase/auth";

import type { Configuration } from "./configuration";
import { forgetPerson, publish, sessionStore, type Person } from "./session";
import { forgetEverything } from "./sign-out";

export type ProviderId = "google.com" | "github.com";

export function open(
  configuration: Configuration,
  connectToEmulator: ((auth: Auth, address: string) => void) | undefined,
): { app: FirebaseApp; auth: Auth } {
  const app = initializeApp({
    projectId: configuration.projectId,
    apiKey: configuration.apiKey,
    authDomain: configuration.authDomain,
  });
  const auth = initializeAuth(app, {
    persistence: [indexedDBLocalPersistence, browserLocalPersistence],
    // On a phone it fetches a frame of Google's at once, which who is signed in does not need.
    ...(sessionStore.get().state === "signed-out" && {
      popupRedirectResolver: browserPopupRedirectResolver,
    }),
  });
  // Auth asks about a stored session at once, and must ask the emulator then.
  if (configuration.emulators) connectToEmulator?.(auth, configuration.emulators.auth);
  onAuthStateChanged(auth, follow);
  return { app, auth };
}

function follow(user: User | null): void {
  const session = sessionStore.get();
  if (session.state === "signed-out" || session.person.uid === user?.uid) {
    publish(user && describe(user));
    return;
  }
  // Signed out here or in another tab, or never who the last visit left. What this tab has in its
  // memory goes with the page.
  forgetPerson();
  void forgetEverything().finally(() => location.reload());
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

export async function signInWithProvider(auth: Auth, provider: ProviderId): Promise<void> {
  await signInWithPopup(
    auth,
    provider === "google.com" ? new GoogleAuthProvider() : new GithubAuthProvider(),
  );
}

export async function signInWithEmail(auth: Auth, email: string, password: string): Promise<void> {
  await signInWithEmailAndPassword(auth, email, password);
}

export async function registerWithEmail(
  auth: Auth,
  name: string,
  email: string,
  password: string,
): Promise<void> {
  const { user } = await createUserWithEmailAndPassword(auth, email, password);
  await updateProfile(user, { displayName: name });
  // The functions read the name from the token, and the first one was made without it.
  await user.getIdToken(true);
  publish(describe(user));
}

export const sendPasswordReset = sendPasswordResetEmail;
export const signOut = signOutOfFirebase;
