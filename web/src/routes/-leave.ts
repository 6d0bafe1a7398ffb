import { create } from "zustand";

import { forgetNoted } from "@/contract/noted";
import { countKept, forgetOutbox } from "@/contract/outbox";
import { forgetAnswers } from "@/contract/query";
import { forgetChats } from "@/features/chat";
import {
  dropAllPatches,
  forgetFolders,
  forgetSelection,
  memoryDrafts,
  forgetUnread,
} from "@/features/conversations";
import { forgetRatings, forgetReport } from "@/features/feedback";
import { forgetChoices, forgetComparisons } from "@/features/models";
import { forgetPreferences } from "@/features/profile";
import { signOut } from "@/firebase/auth";

/** Whether a person is asked, and how much would be lost by signing out. */
export const useLeaving = create(() => ({ isAsking: false, unsent: 0 }));

/** Signs out, or asks first where something waits to be sent. */
export async function leave(): Promise<void> {
  const unsent = countKept();
  if (unsent > 0) useLeaving.setState({ isAsking: true, unsent });
  else await leaveAtOnce();
}

/** Signs out and leaves nothing of the person behind in this browser. */
export async function leaveAtOnce(): Promise<void> {
  forgetChats();
  dropAllPatches();
  memoryDrafts.forgetAll();
  forgetFolders();
  forgetSelection();
  forgetUnread();
  forgetChoices();
  forgetComparisons();
  forgetPreferences();
  forgetRatings();
  forgetReport();
  forgetNoted();
  await forgetOutbox();
  await signOut();
  forgetAnswers();
}
