import type { ComponentType } from "react";

import { loadable } from "@/ui/loadable";

import { useOpenMemory } from "../state/open-memory";

/** Chooses the models that are asked when one fails. */
export interface FallbackPickerProps {
  value: readonly string[];
  onChange: (models: string[]) => void;
  most: number;
}

const MemoryDialog = loadable(() => import("./memory-dialog"));
export const preloadMemory = MemoryDialog.preload;

/** The dialog of a conversation's instructions and memory, while it is open. */
export function ConversationMemory({
  fallbackPicker,
}: {
  fallbackPicker: ComponentType<FallbackPickerProps>;
}) {
  const { conversation } = useOpenMemory();
  if (conversation === null) return null;
  return (
    <MemoryDialog key={conversation.id} opened={conversation} fallbackPicker={fallbackPicker} />
  );
}
