import { createFileRoute } from "@tanstack/react-router";

/** A new chat, in a `folder`; drawn by the layout that it shares with stored ones. */
export const Route = createFileRoute("/_workspace/_chat/")({
  // What is left out here would stay as it is in the address.
  validateSearch: ({ folder }: Record<string, unknown>): { folder?: string | undefined } => ({
    folder: typeof folder === "string" && /^[\w-]+$/.test(folder) ? folder : undefined,
  }),
});
