import { forgetDrafts, forgetTurns } from "@/features/chat";
import { dropAllPatches } from "@/features/conversations";
import { forgetChoices } from "@/features/models";
import { forgetPreferences } from "@/features/profile";
import { signOut } from "@/firebase/auth";
import { queryClient } from "@/app/query-client";

/** Signs out and leaves nothing of the person behind in this browser. */
export async function leave(): Promise<void> {
  forgetTurns();
  forgetDrafts();
  dropAllPatches();
  forgetChoices();
  forgetPreferences();
  await signOut();
  queryClient.clear();
}
