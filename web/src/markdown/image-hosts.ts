/**
 * Whose images are shown without being asked for, conversation by conversation: in the memory of this
 * page alone, so that the next visit asks again.
 */
import { createContext, use } from "react";
import { create } from "zustand";

/** The conversation that the text is of; null where images are asked for one by one. */
export const ImageConversation = createContext<string | null>(null);

const useShown = create<Record<string, readonly string[]>>(() => ({}));

/**
 * Whether all images of an origin (scheme, host and port) are shown here, and how to change that; no
 * way to where there is no conversation.
 */
export function useImagesOf(
  origin: string,
): [isShown: boolean, show: ((isShown: boolean) => void) | null] {
  const conversationId = use(ImageConversation);
  const shown = useShown((all) => (conversationId === null ? undefined : all[conversationId]));
  if (conversationId === null) return [false, null];
  const others = shown?.filter((other) => other !== origin) ?? [];
  return [
    shown?.includes(origin) ?? false,
    (isShown) => useShown.setState({ [conversationId]: isShown ? [...others, origin] : others }),
  ];
}

export function forgetImageHosts(): void {
  useShown.setState({}, true);
}
