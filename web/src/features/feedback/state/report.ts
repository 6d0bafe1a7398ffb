import { failuresNoted } from "@/contract/noted";
import type { ReportProblem } from "@/contract/contract.gen";

const longestLine = 400;
const longestAnswer = 50_000;
export const longestReport = 4_000;

/** All that is sent: what was written, and what helps to find the cause. */
export function reportOf(text: string, answer: string | null): Omit<ReportProblem, "requestId"> {
  return {
    text: text.trim(),
    // Which page, not which conversation.
    page: location.pathname.replace(/^\/c\/.*/, "/c/…").slice(0, longestLine),
    browser: navigator.userAgent.slice(0, longestLine),
    problems: failuresNoted().map((line) => line.slice(0, longestLine)),
    ...(answer === null ? {} : { answer: answer.slice(0, longestAnswer) }),
  };
}
