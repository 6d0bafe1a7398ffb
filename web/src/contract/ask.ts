import { useCallback, useRef, useState } from "react";

interface State<Input, Output> {
  /** What was asked last. */
  asked: Input | null;
  /** The last answer, and what it is an answer to. */
  answer: { input: Input; output: Output } | null;
  /** Why the last question has no answer. */
  error: Error | null;
  isPending: boolean;
}

/** What is asked now and then, and what comes of it. Only the last question counts. */
export function useAsk<Input, Output>(
  operation: (input: Input) => Promise<Output>,
): State<Input, Output> & { ask: (input: Input) => void } {
  const [state, setState] = useState<State<Input, Output>>({
    asked: null,
    answer: null,
    error: null,
    isPending: false,
  });
  const count = useRef(0);
  const ask = useCallback(
    (input: Input) => {
      const number = (count.current += 1);
      const settle = (end: Partial<State<Input, Output>>) => {
        if (number === count.current)
          setState((before) => ({ ...before, ...end, isPending: false }));
      };
      setState((before) => ({ ...before, asked: input, isPending: true }));
      operation(input).then(
        (output) => settle({ answer: { input, output }, error: null }),
        (error: unknown) =>
          settle({ error: error instanceof Error ? error : new Error(String(error)) }),
      );
    },
    [operation],
  );
  return { ...state, ask };
}
