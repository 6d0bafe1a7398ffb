import { expect, type Page } from "@playwright/test";

import { required } from "./environment";

const documents = `projects/${required("GOOGLE_CLOUD_PROJECT")}/databases/(default)/documents`;

async function send(method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`http://${required("FIRESTORE_EMULATOR_HOST")}/v1/${path}`, {
    method,
    headers: { authorization: "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
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
 * backend: a question, its answer, and so on. Their ids are `m2`, `m3` ...
 */
export async function writeMessages(page: Page, texts: string[], at = new Date()): Promise<void> {
  const conversation = openConversation(page);
  const messages = texts.map((text, index) => ({
    update: {
      name: `${conversation}/messages/m${index + 2}`,
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
  const nextSeq = { integerValue: String(texts.length + 2) };
  const main = { mapValue: { fields: { nextSeq } } };
  const counted = {
    update: { name: conversation, fields: { branches: { mapValue: { fields: { main } } } } },
    updateMask: { fieldPaths: ["branches.main.nextSeq"] },
  };
  await send("POST", `${documents}:commit`, { writes: [...messages, counted] });
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
