/** As the README shows it: an app of somebody else's, with Firebase's own client. */
import { deleteApp, initializeApp } from "firebase/app";
import { connectAuthEmulator, createUserWithEmailAndPassword, getAuth } from "firebase/auth";
import { getFunctions, httpsCallable } from "firebase/functions";

import { expect, test } from "./support/app";
import { required } from "./support/environment";

interface Answer {
  text: string;
  usage: { output: number };
}

test("another app asks a model by Firebase's own client, whole and in pieces", async () => {
  const app = initializeApp({ projectId: required("GOOGLE_CLOUD_PROJECT"), apiKey: "local" });
  const auth = getAuth(app);
  connectAuthEmulator(auth, `http://${required("FIREBASE_AUTH_EMULATOR_HOST")}`, {
    disableWarnings: true,
  });
  const email = `program-${crypto.randomUUID()}@example.com`;
  await createUserWithEmailAndPassword(auth, email, "correct horse");
  const functions = getFunctions(app, required("COLONYCRAFT_FUNCTIONS"));
  const ask = httpsCallable(functions, "openai");
  const request = { model: "test-model", messages: [{ role: "user", content: "Why? #sample" }] };
  const whole = (await ask(request)).data as Answer;
  const { stream, data } = await ask.stream(request);
  const pieces: string[] = [];
  for await (const event of stream as AsyncIterable<{ type: string; text: string }>) {
    if (event.type === "text-delta") pieces.push(event.text);
  }
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join("")).toBe(whole.text);
  expect(await data).toMatchObject({ text: whole.text, usage: whole.usage });
  await expect(ask({ ...request, messages: [] })).rejects.toMatchObject({
    code: "functions/invalid-argument",
  });
  await deleteApp(app);
});
