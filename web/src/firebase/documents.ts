/** What the rest of the app sees of Firestore: plain documents and plain descriptions of queries. */
import { painted } from "@/ui/painted";

import { startPlatform } from "./app";
import { dropShown, keepShown, recall } from "./last-shown";
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
  const [firestore] = await Promise.all([
    painted().then(() => import("./firestore")),
    startPlatform(),
  ]);
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
  const key = `${family}#${limit ?? "all"}`;
  return {
    key,
    family,
    recall() {
      const documents = recall(key);
      return documents && join(documents).map(parse);
    },
    async open(next, fail) {
      const { watchQuery } = await startFirestore();
      const stop = watchQuery(
        spec,
        (documents, fromCache) => {
          keepShown(key, documents);
          next(join(documents).map(parse), fromCache);
        },
        (problem) => {
          dropShown(key);
          fail(problem);
        },
      );
      return () => {
        dropShown(key);
        stop();
      };
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
    recall() {
      const document = recall(path)?.[0];
      return document && parse(document);
    },
    async open(next, fail) {
      const { watchDocument } = await startFirestore();
      const stop = watchDocument(
        path,
        (document, fromCache) => {
          if (document) keepShown(path, [document]);
          else dropShown(path);
          next(document && parse(document), fromCache);
        },
        (problem) => {
          dropShown(path);
          fail(problem);
        },
      );
      return () => {
        dropShown(path);
        stop();
      };
    },
  };
}
