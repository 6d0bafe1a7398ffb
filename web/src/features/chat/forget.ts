import { forgetImageHosts } from "@/markdown/image-hosts";
import { forgetFolds } from "@/ui/folds";

import { forgetShownBranches } from "./branches/recent";
import { forgetDrafts } from "./composer/drafts";
import { forgetQueues } from "./queue/queue";
import { forgetTurns } from "./stream/turns";
import { forgetEdits } from "./thread/edits";

/** Leaves nothing in this browser of what was asked, answered or typed. */
export function forgetChats(): void {
  forgetTurns();
  forgetQueues();
  forgetDrafts();
  forgetEdits();
  forgetFolds();
  forgetShownBranches();
  forgetImageHosts();
}
