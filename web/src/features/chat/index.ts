export { Chat } from "./chat";
export { forgetDrafts, hasStoredDraft } from "./composer/drafts";
export type { TurnHooks } from "./stream/ask";
export { forgetTurns } from "./stream/turns";
export { useFirstQuestion } from "./stream/use-first-question";
