/** Where the outbox lies: one IndexedDB store, in the order in which things were kept. */
import type { Problem } from "./contract.gen";

export interface Kept {
  /** Names the request for good: sent twice, it is carried out once. */
  requestId: string;
  /** Whose it is. */
  uid: string;
  /** What has to go in order. */
  conversationId: string;
  /** Which part of the app shows and delivers it. */
  kind: string;
  /** What that part needs for it. */
  view: unknown;
  /** Why it was refused; the person has to decide about it. */
  problem: Problem | null;
  /** The page that sends it itself, and no other one does while that lives; null: whoever can. */
  page: string | null;
}

interface Stored extends Kept {
  number: number;
}

const name = "colonycraft.outbox";

function told(from: IDBRequest | IDBTransaction, good: string, bad: string): Promise<void> {
  return new Promise((resolve, reject) => {
    from.addEventListener(good, () => resolve());
    from.addEventListener(bad, () => reject(from.error ?? new Error("IndexedDB failed.")));
  });
}

async function settled<T>(request: IDBRequest<T>): Promise<T> {
  await told(request, "success", "error");
  return request.result;
}

/**
 * Opened for each use: a database that is held open could not be deleted by another tab. Settles once
 * the browser has written it: until then a page that is left takes it along.
 */
async function withStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const opening = indexedDB.open(name, 1);
  opening.addEventListener("upgradeneeded", () => {
    const store = opening.result.createObjectStore("kept", {
      keyPath: "number",
      autoIncrement: true,
    });
    store.createIndex("requestId", "requestId", { unique: true });
  });
  const database = await settled(opening);
  try {
    const transaction = database.transaction("kept", mode);
    const written = told(transaction, "complete", "abort");
    const [result] = await Promise.all([work(transaction.objectStore("kept")), written]);
    return result;
  } finally {
    database.close();
  }
}

/** The first one first. */
export function readKept(): Promise<Kept[]> {
  return withStore("readonly", (store) => settled<Stored[]>(store.getAll()));
}

export async function addKept(kept: Kept): Promise<void> {
  await withStore("readwrite", (store) => settled(store.add(kept)));
}

/** Changes one in its place; false where it is not kept any more. */
export function changeKept(requestId: string, change: Partial<Kept>): Promise<boolean> {
  return withStore("readwrite", async (store) => {
    const stored = await settled<Stored | undefined>(store.index("requestId").get(requestId));
    if (stored) await settled(store.put({ ...stored, ...change }));
    return stored !== undefined;
  });
}

/** False where it is not kept any more. */
export function removeKept(requestId: string): Promise<boolean> {
  return withStore("readwrite", async (store) => {
    const key = await settled(store.index("requestId").getKey(requestId));
    if (key !== undefined) await settled(store.delete(key));
    return key !== undefined;
  });
}

export async function deleteAllKept(): Promise<void> {
  await settled(indexedDB.deleteDatabase(name));
}
