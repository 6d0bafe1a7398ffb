export { keptWrites, writeKind } from "./api/outbox";
export { firstBranch, type Conversation } from "./api/conversations";
export {
  chooseAnswer,
  forkConversation,
  openBranch,
  pinMessage,
  restoreConversation,
} from "./api/writes";
export { AnswerNotice } from "./components/answer-notice";
export { FolderChip, FolderDialogs, FolderList, preloadFolders } from "./components/folder-layers";
export { FolderLink } from "./components/folder-mark";
export { FolderPage } from "./components/folder-page";
export { ConversationMemory, preloadMemory } from "./components/conversation-memory";
export { ConversationList, preloadLongList } from "./components/conversation-list";
export { ConversationTitle } from "./components/conversation-title";
export {
  noteBranchMade,
  noteQuestionRefused,
  noteQuestionSent,
  noteTurnEnded,
} from "./state/new-chat";
export { forgetFolders } from "./state/forget-folders";
export { forgetSelection } from "./state/open-selection";
export { openNewFolder } from "./state/open-folder-dialog";
export { useFolder, useFolders } from "./state/use-folders";
export { memoryDrafts } from "./state/memory-draft";
export { forgetUnread, noteAnswerEnded, useIsUnread } from "./state/unread";
export { dropAllPatches } from "./state/patches";
export { useConversation, useConversationList } from "./state/use-conversations";
