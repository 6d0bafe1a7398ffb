import { writeDraft } from "../composer/drafts";
import { prepare, send } from "./ask";
import type { TurnHooks } from "./hooks";
import { changeTurn, dropTurn, findTurn, type Asked, type Turn } from "./turns";

/**
 * Asks several models the same question. The first asks it; the others answer it beside the first,
 * each on a branch of its own, as soon as the question is stored. `seq` is the question's number.
 */
export async function compare(
  conversationId: string,
  question: Pick<Asked, "isNew" | "folderId" | "branchId"> & {
    text: string;
    models: readonly string[];
  },
  { seq, afterSeq }: { seq: number; afterSeq: number },
  hooks: TurnHooks,
): Promise<void> {
  const { isNew, folderId = null, branchId, text, models } = question;
  const [firstModel, ...otherModels] = models;
  if (firstModel === undefined) return;
  const shared = { branchId, comparing: true, messageId: null };
  const first = prepare(
    conversationId,
    { ...shared, action: "ask", isNew, folderId, text, model: firstModel, fork: null },
    { afterSeq },
  );
  const others = otherModels.map((model) =>
    prepare(conversationId, {
      ...shared,
      action: "answer",
      isNew: false,
      text: null,
      model,
      fork: { parent: branchId, seq: seq + 1 },
    }),
  );
  await send(conversationId, first, hooks, ({ questionId }) => {
    for (const other of others) void answerBeside(conversationId, other, questionId, hooks);
  });
  const refused = findTurn(conversationId, first.requestId);
  if (refused?.phase !== "refused") return;
  for (const { requestId } of [first, ...others]) dropTurn(conversationId, requestId);
  writeDraft(conversationId, text, refused.problem?.message ?? null);
}

async function answerBeside(
  conversationId: string,
  turn: Turn,
  questionId: string,
  hooks: TurnHooks,
): Promise<void> {
  if (!turn.asked) return;
  const asked = { ...turn.asked, messageId: questionId };
  changeTurn(conversationId, turn.requestId, { asked });
  await send(conversationId, { ...turn, asked }, hooks);
}
