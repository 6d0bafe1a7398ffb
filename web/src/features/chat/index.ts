export { Chat, preloadChat, type Outlook } from "./chat";
export { hasStoredDraft } from "./composer/drafts";
export { forgetChats } from "./forget";
export { mostCompared } from "./stream/compare";
export type { TurnHooks } from "./stream/hooks";
export { questionKind } from "./stream/keep";
export { keptQuestions } from "./stream/outbox";
export { useFirstQuestion } from "./stream/use-first-question";
export type { ChatActions } from "./use-actions";
