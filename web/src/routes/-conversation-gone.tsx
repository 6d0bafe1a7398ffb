import { t } from "@lingui/core/macro";
import { Link } from "@tanstack/react-router";
import type { RefObject } from "react";

import { restoreConversation, type Conversation } from "@/features/conversations";
import { Button } from "@/ui/button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/empty-state";
import { linkClass } from "@/ui/link";
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
      <div className="flex flex-1 flex-col justify-center pb-16">
        <EmptyState
          title={
            <h1 ref={heading} tabIndex={-1} className="text-lg font-semibold">
              {deleted ? t`This conversation was deleted.` : t`There is no conversation here.`}
            </h1>
          }
          actions={
            <>
              {deleted ? (
                <Button variant="primary" onClick={() => restoreConversation(deleted)}>
                  {t`Restore`}
                </Button>
              ) : null}
              <Link to="/" className={classes(linkClass, "p-2")}>
                {t`New chat`}
              </Link>
            </>
          }
        >
          {deleted
            ? t`It can be restored for ten minutes after that.`
            : t`It was deleted, or it belongs to somebody else.`}
        </EmptyState>
      </div>
    </>
  );
}
