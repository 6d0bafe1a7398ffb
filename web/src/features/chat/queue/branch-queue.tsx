import { readDraft, writeDraft } from "../composer/drafts";
import { moveInQueue, removeFromQueue, sendQueue } from "./change";
import type { Waiting } from "./queue";
import WaitingList from "./waiting-list";

/** The questions that wait at a branch, with what can be done with them. */
export default function BranchQueue({
  conversationId,
  branchId,
  waiting,
  isHeld,
  modelName,
  onTakenBack,
}: {
  conversationId: string;
  branchId: string;
  waiting: readonly Waiting[];
  isHeld: boolean;
  modelName: (id: string) => string;
  /** A question is in the composer again. */
  onTakenBack: () => void;
}) {
  async function takeBack({ id, text }: Waiting) {
    if (!(await removeFromQueue(conversationId, id))) return;
    const typed = readDraft(conversationId).trim();
    writeDraft(conversationId, typed === "" ? text : `${text}\n\n${typed}`);
    onTakenBack();
  }
  return (
    <WaitingList
      waiting={waiting}
      isHeld={isHeld}
      modelName={modelName}
      onSend={() => void sendQueue(conversationId, branchId)}
      onEdit={(question) => void takeBack(question)}
      onRemove={({ id }) => void removeFromQueue(conversationId, id)}
      onMove={({ id }, before) => void moveInQueue(conversationId, waiting, id, before)}
    />
  );
}
