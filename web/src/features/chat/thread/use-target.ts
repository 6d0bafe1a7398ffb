import { t } from "@lingui/core/macro";
import { useEffect, useMemo, useRef } from "react";

import { useLive } from "@/firebase/live";
import { notify } from "@/ui/notify";

import { messageDocument } from "../api/messages";
import { pathOf, type Branches } from "../branches/tree";
import type { Entry } from "./entries";
import { focusMessage, type Reveal } from "./reveal";
import { useThread } from "./thread-context";

/**
 * Goes to the message that the address names, once: on another branch that is opened, before the
 * first one that is there what is between is loaded.
 */
export function useTarget(
  conversationId: string,
  target: string | null,
  {
    entries,
    branches,
    branchId,
    showOlder,
    reveal,
  }: {
    entries: readonly Entry[];
    branches: Branches;
    branchId: string;
    showOlder: ((more: number) => void) | null;
    reveal: Reveal;
  },
): void {
  const { onOpen } = useThread();
  const reached = useRef<string | null>(null);
  const isHere = entries.some(({ key }) => key === target);
  const source = useMemo(
    () => (target === null || isHere ? null : messageDocument(conversationId, target)),
    [conversationId, target, isHere],
  );
  const live = useLive(source);
  useEffect(() => {
    if (target === null || target === reached.current) return;
    if (isHere) {
      reached.current = target;
      reveal(target, focusMessage);
      return;
    }
    if (live.state === "loading") return;
    const message = live.state === "ready" ? live.value : null;
    if (live.state === "ready" && message === null && live.fromCache) return;
    const stretch = message && pathOf(branches, branchId).find((one) => isIn(one, message));
    if (message && stretch) {
      // Null while more is on its way.
      showOlder?.((entries[0]?.seq ?? message.seq) - message.seq + 1);
    } else if (message && message.branchId in branches) {
      onOpen(message.branchId, message.seq);
    } else {
      reached.current = target;
      notify(t`The message of this link is not here.`, {
        detail: t`The conversation is shown from its end.`,
      });
    }
  }, [target, isHere, live, entries, branches, branchId, showOlder, reveal, onOpen]);
}

function isIn(
  { branchId, before }: { branchId: string; before: number | null },
  message: { branchId: string; seq: number },
): boolean {
  return message.branchId === branchId && (before === null || message.seq < before);
}
