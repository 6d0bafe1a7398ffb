import { expect, type Page } from "@playwright/test";

import { required } from "./environment";

const documents = `projects/${required("GOOGLE_CLOUD_PROJECT")}/databases/(default)/documents`;

const address = `http://${required("FIRESTORE_EMULATOR_HOST")}/v1`;
const headers = { authorization: "Bearer owner", "content-type": "application/json" };

/** Asks Firestore past the backend and the rules. */
async function send(method: "PATCH" | "POST", path: string, body: object): Promise<unknown> {
  const response = await fetch(`${address}/${path}`, {
    method,
    headers,
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
}

interface Stored {
  name: string;
  fields: Record<string, { integerValue?: string; mapValue?: { fields: Stored["fields"] } }>;
}

async function ofPerson(collectionId: string, uid: string): Promise<Stored[]> {
  const filter = { field: { fieldPath: "ownerId" }, op: "EQUAL", value: { stringValue: uid } };
  const structuredQuery = { from: [{ collectionId }], where: { fieldFilter: filter } };
  const found = (await send("POST", `${documents}:runQuery`, { structuredQuery })) as {
    document?: Stored;
  }[];
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
  await send("PATCH", `${documents}${path}?updateMask.fieldPaths=micros`, {
    fields: { micros: { integerValue: String(micros) } },
  });
  return path.slice("/usageDays/".length, "/usageDays/2026-01-01".length);
}

function openConversation(page: Page): string {
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  return `${documents}/conversations/${id}`;
}

/** Writes a list of texts into the conversation that is open, past the backend. */
export async function writeList(page: Page, field: string, texts: string[]): Promise<void> {
  const values = texts.map((text) => ({ stringValue: text }));
  await send("PATCH", `${openConversation(page)}?updateMask.fieldPaths=${field}`, {
    fields: { [field]: { arrayValue: { values } } },
  });
}

/**
 * Puts messages with these texts behind the two that the conversation has that is open, past the
 * backend: a question, its answer, and so on. Their numbers begin with 2.
 */
export async function writeMessages(page: Page, texts: string[], at = new Date()): Promise<void> {
  const conversation = openConversation(page);
  const messages = texts.map((text, index) => ({
    update: {
      name: `${conversation}/messages/${messageId(index + 2)}`,
      fields: {
        branchId: { stringValue: "main" },
        seq: { integerValue: String(index + 2) },
        role: { stringValue: index % 2 === 0 ? "user" : "assistant" },
        state: { stringValue: "complete" },
        createdAt: { timestampValue: at.toISOString() },
        parts: {
          arrayValue: {
            values: [
              {
                mapValue: {
                  fields: { type: { stringValue: "text" }, text: { stringValue: text } },
                },
              },
            ],
          },
        },
      },
    },
  }));
  await write([...messages, grownTo(conversation, texts.length + 2)]);
}

/** The newest message of a branch has the first id. */
export function messageId(seq: number): string {
  return `${999_999_999 - seq}-written`;
}

function grownTo(conversation: string, seq: number): object {
  const nextSeq = { integerValue: String(seq) };
  const main = { mapValue: { fields: { nextSeq } } };
  return {
    update: { name: conversation, fields: { branches: { mapValue: { fields: { main } } } } },
    updateMask: { fieldPaths: ["branches.main.nextSeq"] },
  };
}

const mostWrites = 500;

async function write(writes: readonly object[]): Promise<void> {
  await send("POST", `${documents}:commit`, { writes });
}

interface StoredDocument {
  name: string;
  fields: Record<string, unknown>;
}

/** Repeats the question and the answer of the open conversation until there are `count` of each. */
export async function fillConversation(page: Page, count: number): Promise<void> {
  const conversation = openConversation(page);
  const listed = await fetch(`${address}/${conversation}/messages`, { headers });
  const stored = ((await listed.json()) as { documents: StoredDocument[] }).documents;
  const messages = Array.from({ length: count - 1 }, (_, index) =>
    stored.map(({ fields }) => {
      const number = index + 1;
      const isQuestion = JSON.stringify(fields["role"]).includes("user");
      const seq = 2 * number + (isQuestion ? 0 : 1);
      const runId = { stringValue: `run-${number}` };
      const repeated = JSON.stringify(fields).replace("Question 0", `Question ${number}`);
      return {
        update: {
          name: `${conversation}/messages/${messageId(seq)}`,
          fields: {
            ...(JSON.parse(repeated) as StoredDocument["fields"]),
            seq: { integerValue: String(seq) },
            runId,
          },
        },
      };
    }),
  ).flat();
  await write([...messages, grownTo(conversation, 2 * count)]);
}

const copied: string[] = [];

/** Puts `count` copies of the open conversation, without their messages, beside it. */
export async function copyConversation(page: Page, count: number): Promise<void> {
  const response = await fetch(`${address}/${openConversation(page)}`, { headers });
  const { fields } = (await response.json()) as StoredDocument;
  const copies = Array.from({ length: count }, (_, index) => ({
    update: {
      name: `${documents}/conversations/${crypto.randomUUID()}`,
      fields: {
        ...fields,
        title: { stringValue: `Conversation ${index + 1}` },
        updatedAt: { timestampValue: new Date(Date.now() - index * 3_600_000).toISOString() },
      },
    },
  }));
  copied.push(...copies.map(({ update: { name } }) => name));
  for (let first = 0; first < count; first += mostWrites) {
    await write(copies.slice(first, first + mostWrites));
  }
}

/** Deletes what this process has copied. */
export async function deleteCopies(): Promise<void> {
  for (
    let names = copied.splice(0, mostWrites);
    names.length > 0;
    names = copied.splice(0, mostWrites)
  ) {
    await write(names.map((name) => ({ delete: name })));
  }
}
