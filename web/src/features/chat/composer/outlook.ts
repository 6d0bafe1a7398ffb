import type { TokenUsage } from "@/contract/contract.gen";

/** What is known of a question before it is sent. */
export interface Outlook {
  /** The models that it goes to. */
  asked: readonly string[];
  characters: number;
  /** What the last answer was made of. */
  lastUsage: TokenUsage | null;
  isBusy: boolean;
}
