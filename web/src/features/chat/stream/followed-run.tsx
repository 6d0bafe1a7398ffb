import type { Message } from "../api/messages";
import { useFollowedRun } from "./follow";

/** Reads a run into its conversation's turns; shows nothing. */
export default function FollowedRun({
  conversationId,
  branchId,
  runId,
  messages,
}: {
  conversationId: string;
  branchId: string;
  runId: string;
  messages: readonly Message[];
}) {
  useFollowedRun(conversationId, branchId, runId, messages);
  return null;
}
