/** The only module that holds the Firestore SDK; reached by `import()` alone, so it stays out of the first load. */
import {
  clearIndexedDbPersistence,
  collection,
  connectFirestoreEmulator,
  doc,
  getDocFromCache,
  getDocsFromCache,
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
  type DocumentSnapshot,
  type Firestore,
  type FirestoreError,
  type QuerySnapshot,
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

type Stop = () => void;

/** A listener that is open. */
interface Watch {
  /** The name of its collection, wherever that is. */
  group: string;
  /** Opens it again where the cache has something else than it told last. */
  check: () => Promise<void>;
}

const watches = new Set<Watch>();
const checkAfterMs = 1_000;
const checks = new Map<string, ReturnType<typeof setTimeout>>();

/** The SDK enters each tab that has the cache open. */
function hasOtherTabs(): boolean {
  try {
    return (
      Object.keys(localStorage).filter((key) => key.startsWith("firestore_clients_")).length > 1
    );
  } catch {
    return false;
  }
}

/**
 * A tab learns from another one's word that documents have changed, and reads those of a collection
 * that are newer than any it has read there. A listener that opens before that word comes reads the
 * newest ones, and the others then never get what changed up to there. So they are compared with
 * the cache when one more has opened.
 */
function checkSoon(group: string): void {
  if (checks.has(group) || !hasOtherTabs()) return;
  const check = () => {
    checks.delete(group);
    for (const one of watches) if (one.group === group) void one.check();
  };
  checks.set(group, setTimeout(check, checkAfterMs));
}

/** `listen` tells what `read` gives, each time that it has changed. */
function watch<Documents>(
  group: string,
  listen: (
    tell: (documents: Documents, fromCache: boolean) => void,
    refuse: (error: FirestoreError) => void,
  ) => Stop,
  read: () => Promise<Documents>,
  next: (documents: Documents, fromCache: boolean) => void,
  fail: (problem: LiveProblem) => void,
): Stop {
  let told: Documents | undefined;
  const tell = (documents: Documents, fromCache: boolean) => {
    if (told === undefined) checkSoon(group);
    told = documents;
    next(documents, fromCache);
  };
  const refuse = (error: FirestoreError) => {
    watches.delete(own);
    fail(describe(error));
  };
  const own: Watch = {
    group,
    async check() {
      if (told === undefined) return;
      const cached = await read().catch(() => told);
      if (!watches.has(own) || JSON.stringify(cached) === JSON.stringify(told)) return;
      stop();
      stop = listen(tell, refuse);
    },
  };
  watches.add(own);
  let stop = listen(tell, refuse);
  return () => {
    watches.delete(own);
    stop();
  };
}

function readQuery(snapshot: QuerySnapshot): LiveDocument[] {
  return snapshot.docs.map((entry) => ({ id: entry.id, fields: plainFields(entry.data()) }));
}

function readDocument(snapshot: DocumentSnapshot): LiveDocument | null {
  const data = snapshot.data();
  return data ? { id: snapshot.id, fields: plainFields(data) } : null;
}

const options = { includeMetadataChanges: true };

export function watchQuery(
  spec: QuerySpec,
  next: (documents: LiveDocument[], fromCache: boolean) => void,
  fail: (problem: LiveProblem) => void,
): Stop {
  const database = open();
  if (!database) return () => {};
  const asked = collection(database, spec.collection);
  const all = query(
    asked,
    ...(spec.where ?? []).map(([field, operator, value]) => where(field, operator, value)),
    ...(spec.orderBy ?? []).map(([field, direction]) => orderBy(field, direction)),
    ...(spec.limit === undefined ? [] : [limit(spec.limit)]),
  );
  return watch(
    asked.id,
    (tell, refuse) =>
      onSnapshot(
        all,
        options,
        (snapshot) => tell(readQuery(snapshot), snapshot.metadata.fromCache),
        refuse,
      ),
    async () => readQuery(await getDocsFromCache(all)),
    next,
    fail,
  );
}

export function watchDocument(
  path: string,
  next: (document: LiveDocument | null, fromCache: boolean) => void,
  fail: (problem: LiveProblem) => void,
): Stop {
  const database = open();
  if (!database) return () => {};
  const asked = doc(database, path);
  return watch(
    asked.parent.id,
    (tell, refuse) =>
      onSnapshot(
        asked,
        options,
        (snapshot) => tell(readDocument(snapshot), snapshot.metadata.fromCache),
        refuse,
      ),
    async () => readDocument(await getDocFromCache(asked)),
    next,
    fail,
  );
}
