import type { ModelPrice, TokenUsage } from "@/contract/contract.gen";

const charactersPerToken = 4;
const usualAnswer = 300;

/**
 * Roughly what the next question costs, in micro-dollars: all that was said comes along, and the
 * answer is as long as the last one.
 */
export function estimateMicros(
  price: Pick<ModelPrice, "inputMicros" | "outputMicros">,
  characters: number,
  last: TokenUsage | null,
): number {
  const said = (last?.inputTokens ?? 0) + (last?.outputTokens ?? 0);
  const input = said + characters / charactersPerToken;
  const output = last?.outputTokens ?? usualAnswer;
  return (input * price.inputMicros + output * price.outputMicros) / 1_000_000;
}
