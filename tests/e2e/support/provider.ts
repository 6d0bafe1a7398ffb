/**
 * A provider that a test decides about. The stack points OpenAI's base address at a closed port; this
 * opens it, speaks chat completions, and does what the last words of the question tell it:
 * `#words 40 every 50`, `#hostile xss-html 0 20`, `#status 401`, `#sample`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

import html from "../../../web/src/testing/hostile/xss-html.json";
import markdown from "../../../web/src/testing/hostile/xss-markdown.json";

interface Question {
  model: string;
  messages: { role: string; content: string | { text: string }[] }[];
}

const sample = `# Growth of a colony

A colony grows in **three** phases[^1], see [the guide](https://example.com/guide):

1. founding
2. growing
   - more workers
   - more comb
3. swarming

- [x] queen found
- [ ] frames counted

| Month | Bees | Note |
|---|---:|---|
| April | 12,000 | brood |
| June | 48,000 | \`peak\` |

> Leave them the last of the honey.

\`\`\`python
def peak(bees: list[int]) -> int:
    """The largest count of a year."""
    return max(bees, default=0)  # none yet
\`\`\`

![A chart](https://charts.example.com/colony.png)

[^1]: Some count four.
`;

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
  const entries: { payload: string }[] = file === "xss-html" ? html : markdown;
  // The longest ones are about time, which a unit test measures.
  return entries.slice(from, from + count).map(({ payload }) => `${payload.slice(0, 1500)}\n\n`);
}

interface Plan {
  pieces: string[];
  everyMs: number;
}

function planOf(text: string): Plan {
  const words = /#words (\d+) every (\d+)/.exec(text);
  if (words) {
    const count = Number(words[1]);
    const pieces = Array.from({ length: count }, (_, index) => `word${index + 1} `);
    return { pieces, everyMs: Number(words[2]) };
  }
  const attack = /#hostile (\S+) (\d+) (\d+)/.exec(text);
  if (attack) {
    const pieces = hostile(attack[1] ?? "", Number(attack[2]), Number(attack[3]));
    return { pieces, everyMs: 0 };
  }
  if (text.includes("Give this conversation a title")) return { pieces: ["A title"], everyMs: 0 };
  if (text.includes("#sample")) {
    return { pieces: sample.match(/[^]{1,40}/g) ?? [], everyMs: 5 };
  }
  return { pieces: ["A ", "short ", "answer."], everyMs: 0 };
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
  const { pieces, everyMs } = planOf(text);
  const common = { id: "chatcmpl-1", created: 1, model: question.model };
  const usage = {
    prompt_tokens: 10,
    completion_tokens: pieces.length,
    total_tokens: 10 + pieces.length,
  };
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (choices: object[], more: object = {}) =>
    response.write(
      `data: ${JSON.stringify({ ...common, object: "chat.completion.chunk", choices, ...more })}\n\n`,
    );
  for (const content of pieces) {
    send([{ index: 0, delta: { role: "assistant", content }, finish_reason: null }]);
    if (everyMs > 0) await pause(everyMs);
  }
  send([{ index: 0, delta: {}, finish_reason: "stop" }]);
  send([], { usage });
  response.end("data: [DONE]\n\n");
}

/** Answers at the address that the stack's OpenAI connection points to; returns how to stop. */
export async function startProvider(address: string): Promise<() => Promise<void>> {
  const { hostname, port } = new URL(address);
  const server = createServer((request, response) => {
    if (request.method === "POST" && request.url?.endsWith("/chat/completions")) {
      answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    } else if (request.url?.endsWith("/models")) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          object: "list",
          data: [{ id: "test-model", object: "model", created: 1 }],
        }),
      );
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
