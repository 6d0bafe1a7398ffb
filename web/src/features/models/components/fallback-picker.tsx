import { loadable } from "@/ui/loadable";

export const FallbackPicker = loadable(() => import("./fallback-models"));
export const preloadFallbackPicker = FallbackPicker.preload;
