import { firstBranch, initialMemory } from "../api/conversations";
import { addPatch, dropPatch, patchBranch, settlePatch } from "./patches";

const titleLength = 60;

/** The title that a chat has until a better one is made: the beginning of its first question. */
function titleOf(question: string): string {
  const line = question.trim().replaceAll(/\s+/g, " ");
  return line.length > titleLength ? `${line.slice(0, titleLength - 1).trimEnd()}…` : line;
}

/** A question moves its conversation to the top of the list at once, and puts a new one there. */
export function noteQuestionSent(question: {
  requestId: string;
  conversationId: string;
  text: string;
  model: string;
  isNew: boolean;
  /** The branch that it opens, if it begins one. */
  opens: string | null;
  folderId: string | null;
}): void {
  const { requestId, conversationId, text, model, isNew, opens, folderId } = question;
  const updatedAt = new Date();
  addPatch({
    requestId,
    conversationId,
    change: { updatedAt, model, ...(opens === null ? {} : { activeBranch: opens }) },
    ...(isNew
      ? {
          put: {
            id: conversationId,
            title: titleOf(text),
            state: "active",
            updatedAt,
            changedAt: updatedAt,
            model,
            requestId: null,
            activeBranch: "main",
            branches: firstBranch,
            ...initialMemory,
            folderId,
          },
        }
      : {}),
  });
}

/** The branch that a turn began has its name now. */
export function noteBranchMade(requestId: string, branchId: string): void {
  patchBranch(requestId, branchId);
}

/** Whatever the listener shows from now on has the question in it. */
export function noteTurnEnded(requestId: string): void {
  settlePatch(requestId, new Date(0));
}

export function noteQuestionRefused(requestId: string): void {
  dropPatch(requestId);
}
