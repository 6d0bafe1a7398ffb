import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";

import { retryLive, useLive, type Live } from "@/firebase/live";

import { conversationDocument, conversationList, type Conversation } from "../api/conversations";
import { forgetArrived, patchDocument, patchList, patchStore } from "./patches";

const firstPage = 40;
/** What one listener shows, the others show within this time: each speaks in a task of its own. */
const lagMs = 1_000;
/** As `firestore.rules` have it. */
const most = 5_000;

export interface ConversationList {
  list: Live<readonly Conversation[]>;
  /** Null when the end of the list is shown. */
  showMore: (() => void) | null;
  retry: () => void;
}

/** All of a person, or those in a folder. */
export function useConversationList(uid: string, folderId: string | null = null): ConversationList {
  const [limit, setLimit] = useState(firstPage);
  const source = useMemo(() => conversationList(uid, limit, folderId), [uid, limit, folderId]);
  const live = useLive(source);
  const patches = useStore(patchStore, (state) => state.patches);
  const documents = live.state === "ready" ? live.value : null;
  useEffect(() => {
    // What a folder does not list may be elsewhere.
    if (!documents || folderId !== null) return;
    const timer = setTimeout(() => forgetArrived(documents), lagMs);
    return () => clearTimeout(timer);
  }, [documents, folderId]);
  const list = useMemo(() => {
    if (live.state !== "ready") return live;
    const all = patchList(live.value, patches);
    const value = all.filter((one) => folderId === null || one.folderId === folderId);
    return { ...live, value };
  }, [live, patches, folderId]);
  const full = live.state === "ready" && live.value.length >= limit && limit < most;
  return {
    list,
    // A larger limit is another listener, which reads all anew: twice as many each time keep that few.
    showMore: full ? () => setLimit(Math.min(limit * 2, most)) : null,
    retry: () => retryLive(source),
  };
}

/**
 * One conversation as the person left it; `listen` waits while it is being created. What was known
 * stays while its listener opens: a new one's patch may go before that has spoken.
 */
export function useConversation(id: string, listen: boolean): Live<Conversation | null> {
  const live = useLive(listen ? conversationDocument(id) : null);
  const patches = useStore(patchStore, (state) => state.patches);
  const [known, setKnown] = useState<Conversation | null>(null);
  const document = live.state === "ready" ? live.value : null;
  const patched = useMemo(() => patchDocument(document, id, patches), [document, id, patches]);
  if (patched !== null && patched !== known) setKnown(patched);
  if (live.state === "ready") return { ...live, value: patched };
  const value = patched ?? (live.state === "loading" ? known : null);
  return value ? { state: "ready", value, fromCache: true, settled: false } : live;
}
