import { keptChoice } from "@/ui/kept";

/** The key that sends what is typed, in this browser. */
export const sendKey = keptChoice<"enter" | "mod-enter">("send-key", "enter", (kept) =>
  kept === "enter" || kept === "mod-enter" ? kept : undefined,
);
