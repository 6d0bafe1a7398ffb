import { Link } from "@tanstack/react-router";
import type { RefObject } from "react";

import { restoreConversation, type Conversation } from "@/features/conversations";
import { Button } from "@/ui/button";
import { PageHeader } from "@/ui/shell";

/** An address without a conversation, or with one that was deleted and may still come back. */
export function ConversationGone({
  heading,
  deleted,
}: {
  heading: RefObject<HTMLHeadingElement | null>;
  deleted?: Conversation;
}) {
  return (
    <>
      <PageHeader>{null}</PageHeader>
      <div className="mx-auto flex w-full max-w-note flex-1 flex-col items-center justify-center px-6 pb-24 text-center">
        <h1 ref={heading} tabIndex={-1} className="text-lg font-semibold">
          {deleted ? "This conversation was deleted." : "There is no conversation here."}
        </h1>
        <p className="mt-2 text-ink-muted">
          {deleted
            ? "It can be restored for ten minutes after that."
            : "It was deleted, or it belongs to somebody else."}
        </p>
        <div className="mt-5 flex flex-wrap items-center justify-center gap-3">
          {deleted ? (
            <Button variant="primary" onClick={() => restoreConversation(deleted)}>
              Restore
            </Button>
          ) : null}
          <Link to="/" className="px-2 py-2 font-medium text-accent underline underline-offset-3">
            New chat
          </Link>
        </div>
      </div>
    </>
  );
}
