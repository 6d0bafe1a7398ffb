import { expect, type Page } from "@playwright/test";

import { required } from "./environment";

/** Asks Firestore past the backend and the rules; `path` lies behind the documents' root. */
async function ask(method: "PATCH" | "POST", path: string, body: object): Promise<unknown> {
  const address = `http://${required("FIRESTORE_EMULATOR_HOST")}/v1/projects/${required("GOOGLE_CLOUD_PROJECT")}`;
  const response = await fetch(`${address}/databases/(default)/documents${path}`, {
    method,
    headers: { authorization: "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** Writes a list of texts into the conversation that is open. */
export async function writeList(page: Page, field: string, texts: string[]): Promise<void> {
  const conversationId = page.url().split("/").at(-1) ?? "";
  const values = texts.map((text) => ({ stringValue: text }));
  await ask("PATCH", `/conversations/${conversationId}?updateMask.fieldPaths=${field}`, {
    fields: { [field]: { arrayValue: { values } } },
  });
}

interface Stored {
  name: string;
  fields: Record<string, { integerValue?: string; mapValue?: { fields: Stored["fields"] } }>;
}

async function ofPerson(collectionId: string, uid: string): Promise<Stored[]> {
  const filter = { field: { fieldPath: "ownerId" }, op: "EQUAL", value: { stringValue: uid } };
  const structuredQuery = { from: [{ collectionId }], where: { fieldFilter: filter } };
  const found = (await ask("POST", ":runQuery", { structuredQuery })) as { document?: Stored }[];
  return found.flatMap(({ document }) => document ?? []);
}

/** What a person's entries of the ledger cost together, in micro-dollars. */
export async function microsInLedger(uid: string): Promise<number> {
  const entries = await ofPerson("ledger", uid);
  return entries.reduce(
    (sum, { fields }) => sum + Number(fields["used"]?.mapValue?.fields["micros"]?.integerValue),
    0,
  );
}

/** Makes one of a person's sums disagree with the ledger; gives its day. */
export async function spoilSum(uid: string, micros: number): Promise<string> {
  const [sum] = await ofPerson("usageDays", uid);
  const path = sum?.name.split("/documents")[1] ?? "";
  await ask("PATCH", `${path}?updateMask.fieldPaths=micros`, {
    fields: { micros: { integerValue: String(micros) } },
  });
  return path.slice("/usageDays/".length, "/usageDays/2026-01-01".length);
}

interface StoredDocument {
  name: string;
  fields: Record<string, unknown>;
}

/** Repeats the question and the answer of the open conversation until there are `count` of each. */
export async function fillConversation(page: Page, count: number): Promise<void> {
  const conversationId = page.url().split("/").at(-1) ?? "";
  const project = `projects/${required("GOOGLE_CLOUD_PROJECT")}`;
  const documents = `${project}/databases/(default)/documents`;
  const address = `http://${required("FIRESTORE_EMULATOR_HOST")}/v1/${documents}`;
  const headers = { authorization: "Bearer owner", "content-type": "application/json" };
  const conversation = `conversations/${conversationId}`;
  const listed = await fetch(`${address}/${conversation}/messages`, { headers });
  const stored = ((await listed.json()) as { documents: StoredDocument[] }).documents;
  const messages = Array.from({ length: count - 1 }, (_, index) =>
    stored.map(({ fields }) => {
      const number = index + 1;
      const isQuestion = JSON.stringify(fields["role"]).includes("user");
      const seq = { integerValue: String(2 * number + (isQuestion ? 0 : 1)) };
      const runId = { stringValue: `run-${number}` };
      const repeated = JSON.stringify(fields).replace("Question 0", `Question ${number}`);
      return {
        update: {
          name: `${documents}/${conversation}/messages/${crypto.randomUUID()}`,
          fields: { ...(JSON.parse(repeated) as StoredDocument["fields"]), seq, runId },
        },
      };
    }),
  ).flat();
  const nextSeq = { integerValue: String(2 * count) };
  const main = { mapValue: { fields: { nextSeq } } };
  const grown = {
    update: {
      name: `${documents}/${conversation}`,
      fields: { branches: { mapValue: { fields: { main } } } },
    },
    updateMask: { fieldPaths: ["branches.main.nextSeq"] },
  };
  const committed = await fetch(`${address}:commit`, {
    method: "POST",
    headers,
    body: JSON.stringify({ writes: [...messages, grown] }),
  });
  expect(committed.status).toBe(200);
}
