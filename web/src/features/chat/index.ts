export { Chat, preloadChat, type Outlook } from "./chat";
export { SendKeyChoice } from "./composer/send-key-choice";
export { hasStoredDraft } from "./composer/drafts";
export { forgetChats } from "./forget";
export { mostCompared } from "./stream/compare";
export type { TurnHooks } from "./stream/ask";
export { useFirstQuestion } from "./stream/use-first-question";
export type { ChatActions } from "./use-actions";
