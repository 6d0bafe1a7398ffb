import type { Message } from "@/features/chat/api/messages";

/** A question under an even number, an answer under an odd one. */
export function message(seq: number, known: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    branchId: "main",
    seq,
    role: seq % 2 === 0 ? "user" : "assistant",
    text: `text ${seq}`,
    reasoning: "",
    model: "m/1",
    state: "complete",
    problem: null,
    receipt: null,
    runId: `run${seq}`,
    createdAt: null,
    comparing: false,
    feedback: null,
    ...known,
  };
}
