import { createFileRoute } from "@tanstack/react-router";

/**
 * A stored conversation; drawn by the layout that it shares with a new one. `m` names a message to
 * go to. No code of its own is fetched before the address is this one: who asked something may go on
 * to a new chat at once.
 */
export const Route = createFileRoute("/_workspace/_chat/c/$conversationId")({
  // What is left out here would stay as it is in the address.
  validateSearch: ({ m }: Record<string, unknown>): { m?: string | undefined } => ({
    m: typeof m === "string" && /^[\w-]+$/.test(m) ? m : undefined,
  }),
});
