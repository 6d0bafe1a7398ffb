import { forgetShown } from "./last-shown";
import { stopAllLive } from "./live";

let openFirestore: (() => Promise<void>) | null = null;

/** Firestore registers how to forget itself once it has been loaded. */
export function onForget(forget: () => Promise<void>): void {
  openFirestore = forget;
}

/** The persistent cache outlives a sign-out unless it is cleared; the next person must not find it. */
export async function forgetEverything(): Promise<void> {
  stopAllLive();
  forgetShown();
  await openFirestore?.();
  openFirestore = null;
}
