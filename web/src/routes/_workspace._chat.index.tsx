import { createFileRoute } from "@tanstack/react-router";

/** A new chat; drawn by the layout that it shares with stored ones. */
export const Route = createFileRoute("/_workspace/_chat/")({ component: () => null });
