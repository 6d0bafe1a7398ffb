import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from "react";

import { sendKey } from "./send-key";

/** A field that is as high as what is typed in it. */
export function useGrowingField(text: string): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
    // The height follows what is typed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [text]);
  return field;
}

/** Whether a key sends what is typed: the one that was chosen, unless it makes a line or ends a composition. */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return false;
  if (sendKey.use.getState().value === "mod-enter" && !event.ctrlKey && !event.metaKey)
    return false;
  // keyCode 229: Safari ends a composition before the key that ended it.
  return event.nativeEvent.keyCode !== 229;
}
