/**
 * What the page showed last, kept so that the next visit begins with it: it is drawn with the page,
 * before Firestore and its cache are there. Only what was listened to, of who was signed in, and gone
 * with the sign-out; what Firestore tells takes its place.
 */
import type { LiveDocument } from "./documents";
import { isKeptPerson, sessionStore } from "./session";

const storageKey = "colonycraft.last-shown";
/** What the page looked like (app/keep-first-frame.ts): as private, and gone with the rest. */
export const firstFrameKey = "colonycraft.first-frame";
/** Characters. What would be longer is left out; a browser keeps some millions. */
const mostKept = 300_000;
const saveAfterMs = 2_000;

type Documents = readonly LiveDocument[];

let recalled: Map<string, Documents> | null = null;
const shown = new Map<string, Documents>();
let saving: ReturnType<typeof setTimeout> | undefined;
let isForgotten = false;

/** What a listener showed when the page was last left; undefined where it showed nothing. */
export function recall(key: string): Documents | undefined {
  recalled ??= load();
  return recalled.get(key);
}

/** Whether a document was listened to when the page was last left. */
export function wasShown(path: string): boolean {
  return recall(path) !== undefined;
}

/** To be told whatever a listener shows. */
export function keepShown(key: string, documents: Documents): void {
  recall(key);
  recalled?.delete(key);
  shown.set(key, documents);
  saveSoon();
}

/** Nobody listens any more, or there is nothing. */
export function dropShown(key: string): void {
  recalled?.delete(key);
  if (shown.delete(key)) saveSoon();
}

/** Nothing is kept again until the page is loaded anew. */
export function forgetShown(): void {
  isForgotten = true;
  clearTimeout(saving);
  shown.clear();
  recalled = new Map();
  try {
    for (const key of [storageKey, firstFrameKey]) localStorage.removeItem(key);
  } catch {
    // There is nothing.
  }
}

function saveSoon(): void {
  clearTimeout(saving);
  if (!isForgotten) saving = setTimeout(save, saveAfterMs);
}

function saveNow(): void {
  if (saving !== undefined) save();
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") saveNow();
});
// Safari tells of nothing else where another page is gone to.
addEventListener("pagehide", saveNow);

function save(): void {
  clearTimeout(saving);
  saving = undefined;
  const session = sessionStore.get();
  // Another tab may have signed out.
  if (isForgotten || session.state !== "signed-in" || !isKeptPerson(session.person.uid)) return;
  const parts: string[] = [];
  let left = mostKept;
  for (const [key, documents] of shown) {
    const part = write(documents, left);
    if (part === null) continue;
    left -= part.length;
    parts.push(`${JSON.stringify(key)}:${part}`);
  }
  const uid = JSON.stringify(session.person.uid);
  try {
    localStorage.setItem(storageKey, `{"uid":${uid},"shown":{${parts.join()}}}`);
  } catch {
    // The next visit waits for Firestore.
  }
}

/** Null where it would be longer; it is not all written to find that out. */
function write(documents: Documents, most: number): string | null {
  const parts: string[] = [];
  let length = 2;
  for (const document of documents) {
    const part = JSON.stringify(document, writeDates);
    length += part.length + 1;
    if (length > most) return null;
    parts.push(part);
  }
  return `[${parts.join()}]`;
}

function load(): Map<string, Documents> {
  const session = sessionStore.get();
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "null", readDates) as {
      uid: string;
      shown: Record<string, unknown>;
    } | null;
    if (session.state === "signed-in" && kept?.uid === session.person.uid) {
      const entries = Object.entries(kept.shown);
      return new Map(
        entries.filter((entry): entry is [string, Documents] => isDocuments(entry[1])),
      );
    }
  } catch {
    // It is not there, or not what it should be.
  }
  return new Map();
}

function isDocuments(value: unknown): value is Documents {
  return (
    Array.isArray(value) &&
    value.every((one: Partial<LiveDocument> | null) => one?.id && typeof one.fields === "object")
  );
}

/** A date is told from a text: `JSON.stringify` has made a text of it before it asks. */
function writeDates(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  return original instanceof Date ? { $date: original.getTime() } : value;
}

function readDates(_key: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && "$date" in value
    ? new Date(Number(value.$date))
    : value;
}
