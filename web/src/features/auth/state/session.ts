import { t } from "@lingui/core/macro";
import { useSyncExternalStore } from "react";

import { sessionStore, type Person, type Session } from "@/firebase/auth";

function useSession(): Session {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}

/** The person signed in. Only for what the router shows to nobody else. */
export function usePerson(): Person {
  const session = useSession();
  // The page is still on the screen for a moment after a sign-out.
  return session.state === "signed-in" ? session.person : nobody;
}

const nobody: Person = { uid: "", name: null, email: null, photo: null, providers: [] };

export function personName(person: Person): string {
  return person.name ?? person.email ?? t`You`;
}
