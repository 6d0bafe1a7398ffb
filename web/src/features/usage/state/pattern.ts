/** As the functions match: `*`, `?`, `[abc]`, `[a-z]`, `[!abc]`; all else means itself. */
export function matchesPattern(pattern: string, id: string): boolean {
  const parts = pattern.match(/\[(?:![^]|[^!])[^\]]*\]|[^]/g) ?? [];
  return new RegExp(`^${parts.map(sourceOf).join("")}$`, "s").test(id);
}

function sourceOf(part: string): string {
  if (part === "*") return ".*";
  if (part === "?") return ".";
  if (part.length === 1) return escaped(part);
  const isNot = part[1] === "!";
  const inside = (part.slice(isNot ? 2 : 1, -1).match(/[^]-[^]|[^]/g) ?? []).map(rangeOf);
  return `[${isNot ? "^" : ""}${inside.join("")}]`;
}

/** One character, or those from one to another; none when they stand the wrong way round. */
function rangeOf(range: string): string {
  const [first, last] = [range.charAt(0), range.charAt(2)];
  if (last === "") return escaped(first);
  return first <= last ? `${escaped(first)}-${escaped(last)}` : "";
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, String.raw`\$&`);
}
