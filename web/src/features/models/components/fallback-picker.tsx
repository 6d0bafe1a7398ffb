import { lazy } from "react";

export const preloadFallbackPicker = () => import("./fallback-models");
export const FallbackPicker = lazy(preloadFallbackPicker);
