/**
 * A provider that a test decides about. The stack points OpenAI's base address at a closed port; this
 * opens it, speaks chat completions, and does what the last words of the question tell it:
 * `#words 40 every 50`, `#hostile 12 of xss-html`, `#status 401`, `#hold` until `#release`.
 */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

interface Question {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string | { text: string }[] }[];
}

const held = new Set<() => void>();

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

function lastQuestion({ messages }: Question): string {
  const content = messages.findLast(({ role }) => role === "user")?.content ?? "";
  return typeof content === "string" ? content : content.map(({ text }) => text).join("");
}

function hostile(file: string, from: number, count: number): string[] {
  const path = new URL(`../../../web/src/testing/hostile/${file}.json`, import.meta.url);
  const entries = JSON.parse(readFileSync(path, "utf8")) as { payload: string }[];
  // The longest ones are about time, which a unit test measures.
  return entries
    .slice(from, from + count)
    .map(({ payload }) => `${payload.slice(0, 1500)}\n\n`);
}

interface Plan {
  pieces: string[];
  everyMs: number;
  hold: boolean;
}

function planOf(text: string): Plan {
  const words = /#words (\d+) every (\d+)/.exec(text);
  if (words) {
    const count = Number(words[1]);
    const pieces = Array.from({ length: count }, (_, index) => `word${index + 1} `);
    return { pieces, everyMs: Number(words[2]), hold: false };
  }
  const attack = /#hostile (\S+) (\d+) (\d+)/.exec(text);
  if (attack) {
    const pieces = hostile(attack[1] ?? "", Number(attack[2]), Number(attack[3]));
    return { pieces, everyMs: 0, hold: false };
  }
  if (text.includes("#hold")) {
    return { pieces: ["Held ", "at ", "the ", "end."], everyMs: 0, hold: true };
  }
  return { pieces: ["A ", "short ", "answer."], everyMs: 0, hold: false };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const question = JSON.parse(await bodyOf(request)) as Question;
  const text = lastQuestion(question);
  const status = /#status (\d+)/.exec(text)?.[1];
  if (status) {
    response.writeHead(Number(status), { "content-type": "application/json" });
    const error = { message: "upstream secret sk-canary-1234", type: "error", code: "refused" };
    response.end(JSON.stringify({ error }));
    return;
  }
  const { pieces, everyMs, hold } = planOf(text);
  const common = { id: "chatcmpl-1", created: 1, model: question.model };
  const usage = { prompt_tokens: 10, completion_tokens: pieces.length, total_tokens: 10 + pieces.length };
  if (!question.stream) {
    const message = { role: "assistant", content: "A title" };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        ...common,
        object: "chat.completion",
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage,
      }),
    );
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (choices: object[], more: object = {}) =>
    response.write(
      `data: ${JSON.stringify({ ...common, object: "chat.completion.chunk", choices, ...more })}\n\n`,
    );
  for (const [index, content] of pieces.entries()) {
    if (hold && index === pieces.length - 1) await new Promise<void>((go) => held.add(go));
    send([{ index: 0, delta: { role: "assistant", content }, finish_reason: null }]);
    if (everyMs > 0) await pause(everyMs);
  }
  send([{ index: 0, delta: {}, finish_reason: "stop" }]);
  send([], { usage });
  response.end("data: [DONE]\n\n");
}

/** Playwright calls this once before all tests, and what it returns after them. */
export default async function startProvider(): Promise<() => Promise<void>> {
  const address = process.env["COLONYCRAFT_PROVIDER"];
  if (!address) throw new Error("COLONYCRAFT_PROVIDER is not set: run this by make.");
  const { hostname, port } = new URL(address);
  const server = createServer((request, response) => {
    if (request.url === "/release") {
      for (const go of held) go();
      held.clear();
      response.end();
    } else if (request.method === "POST" && request.url?.endsWith("/chat/completions")) {
      answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    } else {
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"error": {"message": "not here"}}');
    }
  });
  await new Promise<void>((ready) => server.listen(Number(port), hostname, ready));
  return () =>
    new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    });
}
