import type { Reason } from "../api/ratings";

export const reasonNames: Record<Reason, string> = {
  wrong: "Not true",
  notAsked: "Not what I asked",
  incomplete: "Not complete",
  tooLong: "Too long",
  style: "Style or tone",
  slow: "Too slow",
  harmful: "Harmful",
  other: "Something else",
};
