import { startOutbox } from "@/contract/outbox";
import { keptQuestions, questionKind } from "@/features/chat";
import {
  keptWrites,
  noteBranchMade,
  noteQuestionRefused,
  noteQuestionSent,
  noteTurnEnded,
  writeKind,
} from "@/features/conversations";
import { keptRatings, ratingKind } from "@/features/feedback";
import { keptPreferences, preferenceKind } from "@/features/profile";

const questions = keptQuestions({
  onSent: noteQuestionSent,
  onBranch: noteBranchMade,
  onRefused: noteQuestionRefused,
  onEnded: noteTurnEnded,
});

/** Shows and sends what this person did without a connection; ends with what is returned. */
export function openOutbox(uid: string): () => void {
  if (uid === "") return () => {};
  return startOutbox(uid, {
    [questionKind]: questions,
    [writeKind]: keptWrites,
    [preferenceKind]: keptPreferences,
    [ratingKind]: keptRatings,
  });
}
