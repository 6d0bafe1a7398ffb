import type { FirebaseApp } from "firebase/app";
import type { Auth } from "firebase/auth";

import { painted } from "@/ui/painted";

import { loadConfiguration, type Configuration } from "./configuration";
import type * as Sdk from "./sdk";

interface Platform {
  app: FirebaseApp;
  auth: Auth;
  configuration: Configuration;
  sdk: typeof Sdk;
}

let started: Promise<Platform> | null = null;
let platform: Platform | null = null;

/**
 * Begun once the page is drawn, which does not wait for it: whatever asks a server does, here. Tried
 * again by the next one where it failed.
 */
export function startPlatform(): Promise<Platform> {
  started ??= start().catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

async function start(): Promise<Platform> {
  await painted();
  const [configuration, sdk, local] = await Promise.all([
    loadConfiguration(),
    import("./sdk"),
    import.meta.env.MODE === "emulator" ? import("./local-sign-in") : null,
  ]);
  platform = { ...sdk.open(configuration, local?.connectToEmulator), configuration, sdk };
  return platform;
}

/** For what can only be done once a server has answered. */
export function getPlatform(): Platform {
  if (!platform) throw new Error("The platform has not been started.");
  return platform;
}
