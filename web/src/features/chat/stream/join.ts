import type { Segment } from "../api/messages";

/**
 * The answer so far from its segments, whatever order they came in; `base` is what was stored of it
 * before its run went on with it. Ends at the first gap: what lies beyond it would be read in the
 * wrong place.
 */
export function joinSegments(
  segments: readonly Segment[],
  base = "",
): { text: string; reasoning: string } {
  let text = base;
  let reasoning = "";
  const read = new Set<number>();
  const ordered = segments.toSorted((a, b) => a.start - b.start || a.number - b.number);
  for (const segment of ordered) {
    if (segment.start > text.length) break;
    if (segment.start + segment.text.length > text.length) {
      text = text.slice(0, segment.start) + segment.text;
    }
    if (!read.has(segment.number)) reasoning += segment.reasoning;
    read.add(segment.number);
  }
  return { text, reasoning };
}
