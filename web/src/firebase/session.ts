/**
 * Who is signed in. What the last visit left is believed at once, so that nobody waits for a server to
 * see their own page; `sdk.ts` tells soon after whether it is still so.
 */
export interface Person {
  uid: string;
  name: string | null;
  email: string | null;
  photo: string | null;
  providers: string[];
}

export type Session = { state: "signed-out" } | { state: "signed-in"; person: Person };

const key = "colonycraft.person";
const signedOut: Session = { state: "signed-out" };
const listeners = new Set<() => void>();
let session = kept();

function isPerson(value: unknown): value is Person {
  return (
    typeof value === "object" &&
    value !== null &&
    "uid" in value &&
    typeof value.uid === "string" &&
    "providers" in value &&
    Array.isArray(value.providers)
  );
}

function kept(): Session {
  try {
    const person: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isPerson(person) ? { state: "signed-in", person } : signedOut;
  } catch {
    return signedOut;
  }
}

function keep(person: Person | null): void {
  try {
    if (person) localStorage.setItem(key, JSON.stringify(person));
    else localStorage.removeItem(key);
  } catch {
    // The next visit waits until it is known.
  }
}

/** Whether the next visit would begin with this person; another tab may have signed out. */
export function isKeptPerson(uid: string): boolean {
  const stored = kept();
  return stored.state === "signed-in" && stored.person.uid === uid;
}

export const sessionStore = {
  get: (): Session => session,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Says who it is. Who is told already is not told again. */
export function publish(person: Person | null): void {
  const isKnown =
    session.state === "signed-in" && JSON.stringify(session.person) === JSON.stringify(person);
  if (isKnown || (person === null && session.state === "signed-out")) return;
  keep(person);
  session = person ? { state: "signed-in", person } : signedOut;
  for (const listener of listeners) listener();
}

/** The page goes on showing who was here until it is loaded anew. */
export function forgetPerson(): void {
  keep(null);
}
