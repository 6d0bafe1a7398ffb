import type { TokenUsage } from "@/contract/contract.gen";

export interface ModelPickerProps {
  value: string | null;
  onChange: (model: string) => void;
  placeholder?: string;
  className?: string;
  /** The models that come first; null until they are known. */
  pinned: readonly string[] | null;
  onPin: (models: string[]) => void;
  /** Of a conversation that has begun: the model that answered last, and what that was made of. */
  before?: { model: string; usage: TokenUsage | null } | null;
}

export const pickerClass =
  "inline-flex h-9 min-w-0 items-center gap-1.5 rounded-control px-2.5 text-sm font-medium text-ink-muted hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink touch:h-11";
