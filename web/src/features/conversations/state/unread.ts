import { t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";

import { keptChoice, keptIds } from "@/ui/kept";

import { runsOf, type Conversation } from "../api/conversations";

const most = 100;

function asBoolean(kept: unknown): boolean | undefined {
  return typeof kept === "boolean" ? kept : undefined;
}

/** Conversations in which an answer ended that has not been seen, in this browser; the last ones. */
const unread = keptIds("unread");

/** Whether to say so outside of the page, too. */
export const tellsOfAnswers = keptChoice("tell-of-answers", false, asBoolean);
/** Whether it can be heard. */
export const soundsForAnswers = keptChoice("sound-for-answers", false, asBoolean);

export function useIsUnread(id: string): boolean {
  return unread.use(({ value }) => value.includes(id));
}

/** The conversation on the screen, and the runs whose end was seen there before the list knew of it. */
const seen = { openId: undefined as string | undefined, runs: new Set<string>() };

export function forgetUnread(): void {
  unread.set([]);
  seen.runs.clear();
}

function markRead(id: string | undefined): void {
  const { value } = unread.use.getState();
  if (id !== undefined && value.includes(id)) unread.set(value.filter((other) => other !== id));
}

/** A run has ended, in this page: whoever has its conversation on the screen has seen that. */
export function noteAnswerEnded(conversationId: string, runId: string): void {
  if (conversationId === seen.openId && !document.hidden) seen.runs.add(runId);
}

/** Marks those whose answer ends while they are not on the screen, until they are. */
export function useUnread(list: readonly Conversation[], openId: string | undefined): void {
  const writing = useRef(new Map<string, readonly string[]>());
  useEffect(() => {
    for (const conversation of list) {
      const { id, title } = conversation;
      const runs = runsOf(conversation);
      if (runs.length > 0) {
        writing.current.set(id, runs);
        continue;
      }
      const isNews = writing.current.get(id)?.some((run) => !seen.runs.has(run));
      writing.current.delete(id);
      if (isNews && (id !== openId || document.hidden)) {
        const others = unread.use.getState().value.filter((other) => other !== id);
        unread.set([...others, id].slice(-most));
        if (document.hidden && tellsOfAnswers.use.getState().value) tell(id, title);
        if (document.hidden && soundsForAnswers.use.getState().value) void sound();
      }
    }
  }, [list, openId]);
  useEffect(() => {
    seen.openId = openId;
    const look = () => {
      if (!document.hidden) markRead(openId);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [openId]);
}

/** Its code comes when it is wanted. */
export async function sound(): Promise<void> {
  const { chime } = await import("@/ui/chime");
  chime();
}

function tell(id: string, title: string): void {
  try {
    const told = new Notification(title, { body: t`The answer is finished.`, tag: id });
    told.addEventListener("click", () => window.focus());
  } catch {
    // Some phones let only a service worker speak; the mark in the list says it all the same.
  }
}
