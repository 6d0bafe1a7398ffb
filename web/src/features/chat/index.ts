export { Chat } from "./chat";
export { forgetDrafts, hasStoredDraft } from "./composer/drafts";
export type { Question, TurnHooks } from "./stream/ask";
export { forgetTurns } from "./stream/turns";
export { useIsBeingCreated } from "./stream/use-is-being-created";
