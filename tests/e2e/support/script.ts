/** What the suite's own provider says: the last words of a question decide it. */
import { setTimeout as pause } from "node:timers/promises";

import html from "../../../web/src/testing/hostile/xss-html.json";
import markdown from "../../../web/src/testing/hostile/xss-markdown.json";

const everyMs = 60;
const longestMs = 60_000;
const released = new Map<string, number>();
const counted = new Map<string, number>();

function releasesOf(name: string): number {
  return released.get(name) ?? 0;
}

/** Ends the answers to questions with `#until name` that are being written. */
export function release(name: string): void {
  released.set(name, releasesOf(name) + 1);
}

async function* wordsUntil(name: string, atOnce: number): AsyncGenerator<string> {
  const [before, end] = [releasesOf(name), Date.now() + longestMs];
  for (let number = 1; releasesOf(name) === before && Date.now() < end; number += 1) {
    yield `word${number} `;
    // A page of words is enough, however long a busy machine takes.
    if (number > atOnce) await pause(number > 200 ? 1_000 : everyMs);
  }
  yield "lastword";
}

/** How often a question with `#count name` has come here. */
function countOf(name: string): string {
  const number = (counted.get(name) ?? 0) + 1;
  counted.set(name, number);
  return `Answer ${number}.`;
}

/** What is thought before a word is said, until it is released. */
async function* thoughtsUntil(name: string): AsyncGenerator<string | Thought> {
  for await (const word of wordsUntil(name, 0)) {
    if (word !== "lastword") yield { thought: word };
  }
  yield "So it is.";
}

const restMs = 200;

/** Paragraphs with a pause before each: longer than a list takes to come to rest. */
async function* paragraphs(count: number): AsyncGenerator<string> {
  for (let number = 1; number <= count; number += 1) {
    await pause(restMs);
    yield `Paragraph ${number}.\n\n`;
  }
}

const everyPieceMs = 30;

/** 40,000 characters of all kinds in a thousand pieces. */
async function* longAnswer(name: string): AsyncGenerator<string> {
  const text = sample.replace(/\[\^1\](: .*)?/g, "");
  const whole = text.repeat(Math.ceil(40_000 / text.length)).slice(0, 40_000);
  for (const piece of whole.match(/[^]{1,40}/g) ?? []) {
    yield piece;
    await pause(everyPieceMs);
  }
  yield `\n\`\`\`\n\nend of ${name}`;
}

function* attacks(file: string, from: number, count: number): Generator<string> {
  const entries: { payload: string }[] = file === "xss-html" ? html : markdown;
  for (const { payload } of entries.slice(from, from + count)) {
    // The longest ones are about time, which a unit test measures.
    yield `${payload.slice(0, 1500)}\n\n`;
  }
  yield `lastattack ${file} ${from}`;
}

const sample = `# Growth of a colony

A colony of honey bees grows from late winter on, when the days become longer and the first pollen comes in. The queen then lays more eggs each day, and by early summer fifty thousand workers may share the labour of the hive by age: the young ones clean and nurse, the older ones build and guard, and at last they fly out for nectar and pollen.

It grows in **three** phases[^1], see [the guide](https://example.com/guide):

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

const formulas = String.raw`The mean is \(\bar{x}\), and

$$
s^2 = \frac{1}{n-1}
+ \sum_i (x_i - \bar{x})^2
$$

It costs $5.`;

/** A page that says what it could reach of the one around it, and of the world. */
const page = `\`\`\`html
<p id="told">nothing tried</p>
<script>
  const told = [];
  const attempt = (what, act) => { try { act(); told.push(what); } catch { told.push("no " + what); } };
  attempt("page", () => parent.document.title);
  attempt("storage", () => localStorage.length);
  attempt("way out", () => { top.location.href = "https://elsewhere.example/"; });
  fetch("https://elsewhere.example/").then(() => "network", () => "no network").then((network) => {
    document.getElementById("told").textContent = [...told, network].join(", ");
  });
</script>
\`\`\`
`;

const longCode = `\`\`\`text\n${Array.from({ length: 40 }, (_none, line) => `line ${line}`).join("\n")}\n\`\`\`\n`;

const picture = (radius: string) =>
  `\`\`\`svg\n<svg viewBox="0 0 9 9"><title>Bee</title><circle cx="4" cy="4" r="${radius}"/></svg>\n\`\`\`\n`;

const mermaid = (code: string) => `\`\`\`mermaid\n${code}\n\`\`\`\n`;

const diagram = mermaid("---\ntitle: The hive\n---\ngraph TD\n  A[Queen] --> B[Workers]");

/** A label that would run and directives that would lead away or run. */
const trap = mermaid(`%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%
graph TD
  A["Bait <img src='https://elsewhere.example/x' onerror='globalThis.hit=1'><script>globalThis.hit=1</script>"]
  B["<iframe srcdoc='<script>parent.hit=1</script>'></iframe>"] --> A
  click A href "javascript:globalThis.hit=1" "go" _top
  click A call hit()`);

const tooLarge = mermaid(`graph TD\n${"  A --> B\n".repeat(6_000)}`);

const endless = "```html\n<title>Endless</title>\n<script>for (;;) {}</script>\n```\n";

/** A piece of reasoning. */
export interface Thought {
  thought: string;
}

type Pieces = Iterable<string> | AsyncIterable<string | Thought>;

const gallery = `![one](https://charts.example.com/1.svg)

![two](https://charts.example.com/2.svg)

![other](https://elsewhere.example/3.svg)
`;

const script: [command: RegExp, say: (...found: string[]) => Pieces][] = [
  [/about half the length/, () => ["Short."]],
  [/about twice the length/, () => ["So much ", "more."]],
  [/#think (\w+)/, (name = "") => thoughtsUntil(name)],
  [/#gallery/, () => [gallery]],
  [/#until (\w+)(?: after (\d+))?/, (name = "", atOnce = "0") => wordsUntil(name, Number(atOnce))],
  [
    /#hostile (\S+) (\d+) (\d+)/,
    (file = "", from, count) => attacks(file, Number(from), Number(count)),
  ],
  [/#formulas/, () => [formulas]],
  [/#picture (\d)/, (radius = "") => [picture(radius)]],
  [/#diagram/, () => [diagram]],
  [/#broken/, () => [mermaid("graph TD; Queen --> ((")]],
  [/#trap/, () => [trap]],
  [/#huge/, () => [tooLarge]],
  [/#endless/, () => [endless]],
  [/#page/, () => [page]],
  [/#code/, () => [longCode]],
  [/#count (\w+)/, (name = "") => [countOf(name)]],
  [/#paragraphs (\d+)/, (count) => paragraphs(Number(count))],
  [/#stream (\S+)/, (name = "") => longAnswer(name)],
  [/#sample/, () => sample.match(/[^]{1,40}/g) ?? []],
  [/Give this conversation a title/, () => ["A title"]],
  [/^Sum up this part/, () => ["All was said ", "twice."]],
];

/** `told` is what goes before the question: `#told` asks for it. */
export function answerTo(question: string, model: string, told: string): Pieces {
  if (question.includes("#name")) return ["I ", "am ", model, "."];
  if (question.includes("#told")) return [told];
  for (const [command, say] of script) {
    const found = command.exec(question);
    if (found) return say(...found.slice(1));
  }
  return ["A ", "short ", "answer."];
}

const timesAsked = new Map<string, number>();

/**
 * The HTTP status to refuse a question with: `#status 401`; `#down <model>` where that one is asked;
 * or `#busy` for its first time only.
 */
export function refusalOf(question: string, model: string): number | null {
  if (/#down (\S+)/.exec(question)?.[1] === model) return 401;
  const status = /#status (\d+)/.exec(question)?.[1];
  if (status) return Number(status);
  if (!question.includes("#busy")) return null;
  const asked = (timesAsked.get(question) ?? 0) + 1;
  timesAsked.set(question, asked);
  return asked === 1 ? 503 : null;
}
