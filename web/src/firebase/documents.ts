/** What the rest of the app sees of Firestore: plain documents and plain descriptions of queries. */
import { startPlatform } from "./app";
import type { LiveSource } from "./live";

export type Fields = Record<string, unknown>;

export interface LiveDocument {
  id: string;
  fields: Fields;
}

export interface LiveProblem {
  /** `absent`: not there, or somebody else's (the rules do not tell which); `away`: try later. */
  reason: "absent" | "away";
  message: string;
}

export interface QuerySpec {
  collection: string;
  where?: [
    field: string,
    operator: "==" | "<" | ">=" | "array-contains",
    value: string | number | boolean,
  ][];
  orderBy?: [field: string, direction: "asc" | "desc"][];
  limit?: number;
}

/** Firestore asks as nobody where it is opened before Authentication is there. */
async function startFirestore() {
  const [firestore] = await Promise.all([import("./firestore"), startPlatform()]);
  return firestore;
}

/**
 * A query; those that differ in `limit` alone are pages of one list, which never blanks between them.
 * `join` makes the documents of one thing one before they are parsed.
 */
export function liveQuery<T>(
  spec: QuerySpec,
  parse: (document: LiveDocument) => T,
  join: (documents: readonly LiveDocument[]) => readonly LiveDocument[] = (documents) => documents,
): LiveSource<readonly T[]> {
  const { limit, ...rest } = spec;
  const family = JSON.stringify(rest);
  return {
    key: `${family}#${limit ?? "all"}`,
    family,
    async open(next, fail) {
      const { watchQuery } = await startFirestore();
      return watchQuery(
        spec,
        (documents, fromCache) => next(join(documents).map(parse), fromCache),
        fail,
      );
    },
  };
}

export function liveDocument<T>(
  path: string,
  parse: (document: LiveDocument) => T,
): LiveSource<T | null> {
  return {
    key: path,
    family: path,
    async open(next, fail) {
      const { watchDocument } = await startFirestore();
      return watchDocument(
        path,
        (document, fromCache) => next(document && parse(document), fromCache),
        fail,
      );
    },
  };
}
