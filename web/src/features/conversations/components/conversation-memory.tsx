import { lazy, Suspense, type ComponentType } from "react";

import { useOpenMemory } from "../state/open-memory";

/** Chooses the models that are asked when one fails. */
export interface FallbackPickerProps {
  value: readonly string[];
  onChange: (models: string[]) => void;
  most: number;
}

export const preloadMemory = () => import("./memory-dialog");
const MemoryDialog = lazy(preloadMemory);

/** The dialog of a conversation's instructions and memory, while it is open. */
export function ConversationMemory({
  fallbackPicker,
}: {
  fallbackPicker: ComponentType<FallbackPickerProps>;
}) {
  const { conversation } = useOpenMemory();
  if (conversation === null) return null;
  return (
    <Suspense>
      <MemoryDialog key={conversation.id} opened={conversation} fallbackPicker={fallbackPicker} />
    </Suspense>
  );
}
