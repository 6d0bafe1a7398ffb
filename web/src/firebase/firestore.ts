/** The only module that holds the Firestore SDK; reached by `import()` alone, so it stays out of the first load. */
import {
  clearIndexedDbPersistence,
  collection,
  connectFirestoreEmulator,
  doc,
  initializeFirestore,
  limit,
  memoryLocalCache,
  onSnapshot,
  orderBy,
  persistentLocalCache,
  persistentMultipleTabManager,
  query,
  terminate,
  Timestamp,
  where,
  type Firestore,
  type FirestoreError,
} from "firebase/firestore";

import { getPlatform } from "./app";
import type { Fields, LiveDocument, LiveProblem, QuerySpec } from "./documents";
import { onForget } from "./sign-out";

let firestore: Firestore | null = null;
/** The person has left: until the page is loaded anew, nothing of theirs is fetched again. */
let isLeft = false;

function open(): Firestore | null {
  if (firestore || isLeft) return firestore;
  const { app, configuration } = getPlatform();
  const database = initializeFirestore(app, {
    localCache: canPersist()
      ? persistentLocalCache({ tabManager: persistentMultipleTabManager() })
      : memoryLocalCache(),
  });
  if (import.meta.env.MODE === "emulator" && configuration.emulators) {
    const { host, port } = configuration.emulators.firestore;
    connectFirestoreEmulator(database, host, port);
  }
  firestore = database;
  onForget(async () => {
    firestore = null;
    isLeft = true;
    await terminate(database);
    await clearIndexedDbPersistence(database).catch(() => {
      // Another tab still holds the cache; it clears it when it learns of the sign-out.
    });
  });
  return database;
}

/** Some private windows refuse IndexedDB: then nothing is kept. */
function canPersist(): boolean {
  try {
    return typeof indexedDB === "object" && indexedDB !== null;
  } catch {
    return false;
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate();
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") return plainFields(value);
  return value;
}

function plainFields(value: object): Fields {
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}

function describe(error: FirestoreError): LiveProblem {
  return error.code === "permission-denied" || error.code === "not-found"
    ? { reason: "absent", message: error.message }
    : { reason: "away", message: error.message };
}

export function watchQuery(
  spec: QuerySpec,
  next: (documents: LiveDocument[], fromCache: boolean) => void,
  fail: (problem: LiveProblem) => void,
): () => void {
  const database = open();
  if (!database) return () => {};
  const constraints = [
    ...(spec.where ?? []).map(([field, operator, value]) => where(field, operator, value)),
    ...(spec.orderBy ?? []).map(([field, direction]) => orderBy(field, direction)),
    ...(spec.limit === undefined ? [] : [limit(spec.limit)]),
  ];
  return onSnapshot(
    query(collection(database, spec.collection), ...constraints),
    { includeMetadataChanges: true },
    (snapshot) =>
      next(
        snapshot.docs.map((entry) => ({ id: entry.id, fields: plainFields(entry.data()) })),
        snapshot.metadata.fromCache,
      ),
    (error) => fail(describe(error)),
  );
}

export function watchDocument(
  path: string,
  next: (document: LiveDocument | null, fromCache: boolean) => void,
  fail: (problem: LiveProblem) => void,
): () => void {
  const database = open();
  if (!database) return () => {};
  return onSnapshot(
    doc(database, path),
    { includeMetadataChanges: true },
    (snapshot) => {
      const data = snapshot.data();
      next(
        data ? { id: snapshot.id, fields: plainFields(data) } : null,
        snapshot.metadata.fromCache,
      );
    },
    (error) => fail(describe(error)),
  );
}
