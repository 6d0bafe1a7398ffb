import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from "react";

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

/** Whether a key sends what is typed: Enter, unless it makes a line or ends a composition. */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return false;
  // keyCode 229: Safari ends a composition before the key that ended it.
  return event.nativeEvent.keyCode !== 229;
}
