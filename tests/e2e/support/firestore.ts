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
