import { plural, t } from "@lingui/core/macro";

import { formatNumber } from "@/i18n/format";

import type { Words } from "./parts";

/** Of conversations, their folders, and the turns in them. */
export const ofConversations = {
  "conversation-missing": () => t`This conversation does not exist, or is not yours.`,
  "conversation-id-used": () => t`There is a conversation with this id already.`,
  "id-used": () => t`This id is in use already. Reload the page and try again.`,
  "folder-missing": () => t`This folder does not exist, or is not yours.`,
  "folders-full": ({ most }) =>
    plural(most, {
      one: "You have # folder, the most there can be.",
      other: "You have # folders, the most there can be.",
    }),
  "message-missing": () => t`There is no such message in this conversation.`,
  "question-missing": () => t`There is no such question in this conversation.`,
  "answer-missing": () => t`There is no such answer in this conversation.`,
  "branch-missing": () => t`This version of the conversation does not exist.`,
  "branches-full": ({ most }) =>
    plural(most, {
      one: "This conversation has # version, the most that it can have. Copy the one that you want to go on with into a new conversation.",
      other:
        "This conversation has # versions, the most that it can have. Copy the one that you want to go on with into a new conversation.",
    }),
  "pins-full": ({ most }) =>
    plural(most, {
      one: "# message is pinned here, the most there can be.",
      other: "# messages are pinned here, the most there can be.",
    }),
  "nothing-summed-up": () => t`Nothing has been summed up here yet.`,
  "too-long-to-copy": ({ count, most }) => {
    const allowed = formatNumber(most);
    return plural(count, {
      one: `This conversation has # message; up to ${allowed} can be copied at once.`,
      other: `This conversation has # messages; up to ${allowed} can be copied at once.`,
    });
  },
  "question-too-long": ({ needed, room }) => {
    const fitting = formatNumber(room);
    return plural(needed, {
      one: `This question is too long for the model: about # token with what goes before it, and ${fitting} fit. Shorten it, or choose a model with a larger window.`,
      other: `This question is too long for the model: about # tokens with what goes before it, and ${fitting} fit. Shorten it, or choose a model with a larger window.`,
    });
  },
  "run-missing": () => t`There is no such answer, or it is not yours.`,
  "run-active": () => t`An answer is still being written here.`,
  "run-lost": () =>
    t`The answer was interrupted on our side. What had come is kept; you can continue it.`,
  "run-restarted": () => t`The server was restarted while it was answering.`,
  "run-broken": () => t`Something went wrong on our side. Ask again.`,
  "answer-complete": () => t`This answer is complete.`,
  "answer-not-last": () => t`Only the last answer of a version can be continued.`,
  "answer-too-long": () => t`The answer grew too long to be stored and was cut.`,
  "answer-not-stored": () => t`The answer could not be stored. Copy it before you leave this page.`,
  "conversation-deleted": () => t`This conversation was deleted meanwhile.`,
  "answer-empty": () => t`The model answered with nothing. Ask again.`,
  "answer-at-limit": () => t`The answer reached the longest that was allowed and is cut off.`,
  "answer-filtered": () => t`The provider’s content filter cut the answer off.`,
  "answer-paused": () => t`The provider paused before the answer was whole.`,
  "answer-queued": () => t`The provider has queued the request; there is no answer yet.`,
  "answer-cut": () => t`The connection to the provider ended before the answer was whole.`,
  "comparison-full": ({ most }) =>
    plural(most, {
      one: "At most # answer to one question can be compared at once.",
      other: "At most # answers to one question can be compared at once.",
    }),
  "not-a-comparison": () =>
    t`A comparison begins with the question: this one was asked of one model.`,
  "queue-full": ({ most }) =>
    plural(most, {
      one: "# question waits here already.",
      other: "# questions wait here already.",
    }),
  "queue-empty": () => t`Nothing waits here.`,
  "not-waiting": () => t`This question does not wait any more.`,
  "answered-already": () => t`This question is being answered already.`,
} satisfies Partial<Words>;
