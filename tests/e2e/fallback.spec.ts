/** The provider is down: the answer comes from the second choice, and a line in the answer says so. */
import { answered, answers, ask, expect, startChat, test } from "./support/app";
import { required } from "./support/environment";

/** Names who answers if the chosen model cannot, as the conversation's settings do. */
async function fallBackTo(conversationId: string, model: string): Promise<void> {
  const address = `http://${required("FIRESTORE_EMULATOR_HOST")}/v1/projects/${required("GOOGLE_CLOUD_PROJECT")}`;
  const path = `databases/(default)/documents/conversations/${conversationId}`;
  const response = await fetch(`${address}/${path}?updateMask.fieldPaths=fallbacks`, {
    method: "PATCH",
    headers: { authorization: "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify({
      fields: { fallbacks: { arrayValue: { values: [{ stringValue: model }] } } },
    }),
  });
  expect(response.status).toBe(200);
}

test("the second choice answers when the first is down, and the answer says so", async ({
  page,
  person,
}) => {
  await startChat(page, person, "Hello");
  await answered(page);
  await fallBackTo(page.url().split("/").at(-1) ?? "", "openai/test-model-2");
  await ask(page, "Who are you? #down test-model #name");
  await expect(answers(page).last()).toContainText("I am test-model-2.");
  const line = "test-model did not answer; test-model-2 answered instead.";
  await expect(answers(page).last()).toContainText(line);
  await answers(page).last().locator("summary").click();
  await expect(answers(page).last()).toContainText("Attempt 1");
  await page.reload();
  await expect(answers(page).last()).toContainText(line);
});
