import { initializeApp, type FirebaseApp } from "firebase/app";
import {
  browserLocalPersistence,
  browserPopupRedirectResolver,
  indexedDBLocalPersistence,
  initializeAuth,
  type Auth,
} from "firebase/auth";

import { loadConfiguration, type Configuration } from "./configuration";

interface Platform {
  app: FirebaseApp;
  auth: Auth;
  configuration: Configuration;
}

let platform: Platform | null = null;

/** Called once, before anything is drawn; everything else in this folder relies on it. */
export async function startPlatform(): Promise<void> {
  const [configuration, local] = await Promise.all([
    loadConfiguration(),
    import.meta.env.MODE === "emulator" ? import("./local-sign-in") : null,
  ]);
  const app = initializeApp({
    projectId: configuration.projectId,
    apiKey: configuration.apiKey,
    authDomain: configuration.authDomain,
  });
  const auth = initializeAuth(app, {
    persistence: [indexedDBLocalPersistence, browserLocalPersistence],
    popupRedirectResolver: browserPopupRedirectResolver,
  });
  // Auth asks about a stored session at once, and must ask the emulator then.
  if (configuration.emulators) local?.connectToEmulator(auth, configuration.emulators.auth);
  platform = { app, auth, configuration };
}

export function getPlatform(): Platform {
  if (!platform) throw new Error("The platform has not been started.");
  return platform;
}
