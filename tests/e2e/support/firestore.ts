import { expect, type Page } from "@playwright/test";

import { required } from "./environment";

/** Writes a list of texts into the conversation that is open, past the backend. */
export async function writeList(page: Page, field: string, texts: string[]): Promise<void> {
  const conversationId = page.url().split("/").at(-1) ?? "";
  const address = `http://${required("FIRESTORE_EMULATOR_HOST")}/v1/projects/${required("GOOGLE_CLOUD_PROJECT")}`;
  const path = `databases/(default)/documents/conversations/${conversationId}`;
  const values = texts.map((text) => ({ stringValue: text }));
  const response = await fetch(`${address}/${path}?updateMask.fieldPaths=${field}`, {
    method: "PATCH",
    headers: { authorization: "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify({ fields: { [field]: { arrayValue: { values } } } }),
  });
  expect(response.status).toBe(200);
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
