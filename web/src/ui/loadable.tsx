import { useLayoutEffect, useReducer, useState, type ComponentType, type ReactNode } from "react";

import { painted } from "./painted";

interface Own {
  /** False draws the fallback and loads nothing yet. */
  when?: boolean;
  fallback?: ReactNode;
}

/**
 * A component whose code is loaded apart: when it is first drawn and the page around it is on the
 * screen, or ahead by `preload`. Until then `fallback` is drawn. Code that is there is drawn at once,
 * and what comes as soon as it comes: React's `lazy` draws the fallback of its `Suspense` first in both
 * cases, and keeps it for 300 ms. A chunk that cannot be loaded is the nearest error boundary's, and is
 * asked for again the next time.
 */
export function loadable<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
) {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;

  function preload(): Promise<void> {
    loading ??= load().then(
      (module) => void (loaded = module.default),
      (reason: unknown) => {
        loading = null;
        throw reason;
      },
    );
    return loading;
  }

  function Loadable({ when = true, fallback = null, ...rest }: Props & Own) {
    const [, redraw] = useReducer((count: number) => count + 1, 0);
    const [failure, setFailure] = useState<{ reason: unknown } | null>(null);
    useLayoutEffect(() => {
      if (!when || loaded) return;
      painted()
        .then(preload)
        .then(redraw, (reason: unknown) => setFailure({ reason }));
    }, [when]);
    if (failure) throw failure.reason;
    const Part = when ? loaded : null;
    return Part ? <Part {...(rest as unknown as Props)} /> : fallback;
  }

  return Object.assign(Loadable, { preload });
}
