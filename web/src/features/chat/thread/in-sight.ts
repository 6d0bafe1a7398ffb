import { keptChoice } from "@/ui/kept";

/** What stays in sight while an answer is written, in this browser: its end, or the question above it. */
export const inSight = keptChoice<"end" | "question">("in-sight", "end", (kept) =>
  kept === "end" || kept === "question" ? kept : undefined,
);

export function holdsQuestion(): boolean {
  return inSight.use.getState().value === "question";
}
