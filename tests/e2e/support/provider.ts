/**
 * A provider that a test decides about. The stack points OpenAI's base address at a closed port; this
 * opens it, speaks chat completions, and says what `script.ts` has for the question.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { answerTo, refusalOf, release } from "./script";

/** The first one is what `chooseTestModel` takes; several can be compared; the last has a price. */
export const models = ["test-model", "test-model-2", "test-model-3", "gpt-5-mini"];
export const canary = "sk-canary-1234";

type Content = string | { text: string }[];

interface Question {
  model: string;
  messages: { role: string; content: Content }[];
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

function lastBy(role: string, { messages }: Question): string {
  const content = messages.findLast((message) => message.role === role)?.content ?? "";
  return typeof content === "string" ? content : content.map(({ text }) => text).join("");
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  const headers = { "content-type": "application/json", "retry-after": "1" };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const question = JSON.parse(await bodyOf(request)) as Question;
  const text = lastBy("user", question);
  const status = refusalOf(text, question.model);
  if (status !== null) {
    sendJson(response, status, { error: { message: `upstream secret ${canary}`, type: "error" } });
    return;
  }
  const common = { id: "chatcmpl-1", created: 1, model: question.model };
  const send = (choices: object[], more: object = {}) =>
    response.write(
      `data: ${JSON.stringify({ ...common, object: "chat.completion.chunk", choices, ...more })}\n\n`,
    );
  response.writeHead(200, { "content-type": "text/event-stream" });
  let pieces = 0;
  for await (const piece of answerTo(text, question.model, lastBy("system", question))) {
    if (response.destroyed) return;
    pieces += 1;
    const delta = typeof piece === "string" ? { content: piece } : { reasoning: piece.thought };
    send([{ index: 0, delta: { role: "assistant", ...delta }, finish_reason: null }]);
  }
  send([{ index: 0, delta: {}, finish_reason: "stop" }]);
  send([], {
    usage: { prompt_tokens: 10, completion_tokens: pieces, total_tokens: 10 + pieces },
  });
  response.end("data: [DONE]\n\n");
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const { url = "" } = request;
  if (url.endsWith("/chat/completions")) {
    answer(request, response).catch(() => response.destroy());
  } else if (url.endsWith("/models")) {
    const data = models.map((id) => ({ id, object: "model", created: 1 }));
    sendJson(response, 200, { object: "list", data });
  } else if (url.startsWith("/release/")) {
    release(url.slice("/release/".length));
    response.end();
  } else {
    sendJson(response, 404, { error: { message: "not here" } });
  }
}

/** Answers at the address that the stack's OpenAI connection points to; returns how to stop. */
export async function startProvider(address: string): Promise<() => Promise<void>> {
  const { hostname, port } = new URL(address);
  const server = createServer(serve);
  // As a vendor's: Node closes what was idle for 5 s, just when the functions ask again what there is.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((ready) => server.listen(Number(port), hostname, ready));
  return () =>
    new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
}
