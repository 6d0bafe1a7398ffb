import type { AnswerRated } from "@/contract/contract.gen";

/** An answer, and what its document says of it. */
export interface RatedAnswer {
  conversationId: string;
  messageId: string;
  text: string;
  stored: AnswerRated | null;
}
