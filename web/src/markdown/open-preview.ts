import { createContext } from "react";

import type { Drawn } from "./code-kinds";

/** A block of code that can be seen, as the answer has it. */
export interface Previewed {
  code: string;
  language: Drawn;
}

/** Shows it beside the conversation; null where there is no place for that. */
export const OpenPreview = createContext<((previewed: Previewed) => void) | null>(null);
