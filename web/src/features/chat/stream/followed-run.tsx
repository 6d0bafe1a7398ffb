import type { Message } from "../api/messages";
import { useFollowedRun } from "./follow";
import type { Turn } from "./turns";

/** Reads a run into its conversation's turns; shows nothing. */
export default function FollowedRun({
  conversationId,
  branchId,
  runId,
  turns,
  messages,
}: {
  conversationId: string;
  branchId: string;
  runId: string;
  turns: readonly Turn[];
  messages: readonly Message[];
}) {
  useFollowedRun(conversationId, branchId, runId, turns, messages);
  return null;
}
