import { t } from "@lingui/core/macro";
import { useRef, useState, type RefObject } from "react";

import type { Conversation } from "../api/conversations";
import { renameConversation } from "../api/writes";
import { TitleInput } from "./title-input";

/** The open conversation's title; a click renames it in place. */
export function ConversationTitle({
  conversation,
  heading,
}: {
  conversation: Conversation;
  heading: RefObject<HTMLHeadingElement | null>;
}) {
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className={renaming ? "sr-only" : "min-w-0 sm:-ms-1.5"}>
        {renaming ? (
          conversation.title
        ) : (
          <button
            ref={button}
            type="button"
            dir="auto"
            title={t`Rename`}
            className="block max-w-full truncate rounded-control px-2.5 py-1.5 text-sm font-semibold hover:bg-hover touch:py-3"
            onClick={() => setRenaming(true)}
          >
            {conversation.title}
          </button>
        )}
      </h1>
      {renaming ? (
        <TitleInput
          title={conversation.title}
          className="h-9 min-w-0 flex-1 text-sm sm:-ms-1.5 font-semibold sm:max-w-note touch:h-11"
          onSave={(next) => renameConversation(conversation, next)}
          onClose={(refocus) => {
            setRenaming(false);
            if (refocus) requestAnimationFrame(() => button.current?.focus());
          }}
        />
      ) : null}
    </>
  );
}
