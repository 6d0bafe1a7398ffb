/**
 * Finds the formulas of a block and writes them all as `$$…$$`, which is the one form that the parser
 * is told to look for: models write `\(…\)`, `\[…\]`, `$…$` and `$$…$$`. A dollar sign is one of a
 * formula where TeX's own habit has it: nothing blank inside, no digit after (“from $5 to $10”). What
 * is open and never closed is given up after some thousand characters, so that the time stays linear.
 */
const pieces = new RegExp(
  [
    /(?<fence>^[ \t]*(?<mark>```+|~~~+)[^]*?(?:^[ \t]*\k<mark>[ \t]*$|$(?![^])))/,
    /(?<code>(?<ticks>`+)(?!`)[^]{0,4000}?[^`]\k<ticks>(?!`))/,
    /(?<escaped>\\[\\$])/,
    /\$\$(?<double>(?:[^$\\]|\\[^]){1,4000}?)\$\$/,
    /\\\[(?<square>[^]{1,4000}?)\\\]/,
    /\\\((?<round>[^]{1,4000}?)\\\)/,
    /\$(?<single>[^\s$](?:[^$\n\\]|\\.|\n(?!\s*\n)){0,400}?)(?<![\s\\])\$(?!\d)/,
    /(?<dangling>\$\$)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gm",
);

/** The block with its formulas in that form; null where it has none. */
export function withFormulas(block: string): string | null {
  if (!/\$|\\[([]/.test(block)) return null;
  let count = 0;
  const written = block.replaceAll(pieces, (whole: string, ...rest: unknown[]) => {
    const found = rest.at(-1) as Record<string, string | undefined>;
    const offset = rest.at(-3) as number;
    if (found["dangling"] !== undefined) return String.raw`\$\$`;
    const tex = found["double"] ?? found["square"] ?? found["round"] ?? found["single"];
    if (tex === undefined) return whole;
    count += 1;
    const isDisplay = found["double"] !== undefined || found["square"] !== undefined;
    const indent = isDisplay ? indentAlone(block, offset, offset + whole.length) : null;
    if (indent === null) return `$$${tex.trim().replaceAll(/\s*\n\s*/g, " ")}$$`;
    const lines = tex.trim().replaceAll(/\n[ \t]*(?=\n)/g, "");
    return `$$\n${indent}${lines}\n${indent}$$`;
  });
  return count === 0 ? null : written;
}

/** What stands before a formula that has its lines for itself; null where it stands among words. */
function indentAlone(block: string, from: number, to: number): string | null {
  const before = block.slice(block.lastIndexOf("\n", from - 1) + 1, from);
  const end = block.indexOf("\n", to);
  const after = block.slice(to, end === -1 ? undefined : end);
  return before.trim() === "" && /^[ \t]*[.,;]?[ \t]*$/.test(after) && !/[.,;]/.test(after)
    ? before
    : null;
}

const opening = /^[ \t]*(\$\$|\\\[)/m;
const longest = 4_000;

function isOpen(raw: string): boolean {
  if (/^\s*(```|~~~)/.test(raw) || !opening.test(raw)) return false;
  const doubles = raw.match(/\$\$/g)?.length ?? 0;
  const opened = raw.match(/\\\[/g)?.length ?? 0;
  const closed = raw.match(/\\\]/g)?.length ?? 0;
  return doubles % 2 === 1 || opened > closed;
}

/** Puts together what a formula's own signs, such as a plus that begins a line, made several blocks of. */
export function joinFormulas(raws: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < raws.length; index += 1) {
    let whole = raws[index] ?? "";
    let end = index;
    while (isOpen(whole) && end + 1 < raws.length && whole.length < longest) {
      end += 1;
      whole += raws[end] ?? "";
    }
    if (isOpen(whole)) joined.push(raws[index] ?? "");
    else {
      joined.push(whole);
      index = end;
    }
  }
  return joined;
}
