/** The words for each reason that something can fail for. They come when something has failed. */
import type { ErrorDetails } from "../contract.gen";
import { ofCalls } from "./calls";
import { ofConversations } from "./conversations";
import { ofTheDoor } from "./door";
import { ofKeys } from "./keys";
import type { Words } from "./parts";
import { ofReports } from "./reports";
import { ofUsage } from "./usage";

const words: Words = {
  ...ofTheDoor,
  ...ofKeys,
  ...ofConversations,
  ...ofCalls,
  ...ofUsage,
  ...ofReports,
};

/** Null for a reason that only a newer backend knows. */
export function reasonText(details: ErrorDetails): string | null {
  if (!Object.hasOwn(words, details.reason)) return null;
  return (words[details.reason] as (given: ErrorDetails) => string)(details);
}
