import { useEffect, useMemo } from "react";

import { useAsk } from "@/contract/ask";
import { call } from "@/contract/call";

import { noKey, type KeyNames } from "../state/keys";

/** So many the backend names at once. */
const most = 100;
const nameKeys = (keyIds: string[]) => call("keys.names", { keyIds });

/** How these keys are called. Where that cannot be had, they have no names. */
export function useKeyNames(ids: Iterable<string>): KeyNames {
  const { ask, answer } = useAsk(nameKeys);
  const wanted = [...new Set(ids)]
    .filter((id) => id !== "" && id !== noKey)
    .toSorted()
    .slice(0, most)
    .join(" ");
  useEffect(() => {
    if (wanted !== "") ask(wanted.split(" "));
  }, [ask, wanted]);
  return useMemo(() => new Map(answer?.output.keys.map((key) => [key.id, key])), [answer]);
}
