import { forgetNoted } from "@/contract/noted";
import { forgetOutbox } from "@/contract/outbox";
import { forgetAnswers } from "@/contract/query";
import { forgetChats } from "@/features/chat";
import { dropAllPatches, forgetMemoryDrafts, forgetUnread } from "@/features/conversations";
import { forgetRatings, forgetReport } from "@/features/feedback";
import { forgetChoices, forgetComparisons } from "@/features/models";
import { forgetPreferences } from "@/features/profile";
import { signOut } from "@/firebase/auth";

/** Signs out and leaves nothing of the person behind in this browser. */
export async function leave(): Promise<void> {
  forgetChats();
  dropAllPatches();
  forgetMemoryDrafts();
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
