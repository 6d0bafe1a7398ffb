import { createFileRoute } from "@tanstack/react-router";

/** A stored conversation; drawn by the layout that it shares with a new one. */
export const Route = createFileRoute("/_workspace/_chat/c/$conversationId")({
  component: () => null,
});
