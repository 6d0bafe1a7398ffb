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
