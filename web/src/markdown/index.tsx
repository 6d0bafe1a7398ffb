import { lazy, Suspense, useState } from "react";

import type BlocksView from "./blocks-view";

let loaded: typeof BlocksView | null = null;

/** Loads the renderer: what is drawn from then on is drawn as Markdown at once. */
export async function preloadBlocks() {
  const view = await import("./blocks-view");
  loaded = view.default;
  return view;
}

const Blocks = lazy(preloadBlocks);

/** Markdown from a model. The renderer is loaded with the first answer; until then the text is plain. */
export function Markdown({ text, isWriting = false }: { text: string; isWriting?: boolean }) {
  // A lazy component shows what stands in for it first, also when its code is there.
  const [View] = useState(() => loaded ?? Blocks);
  return (
    <Suspense fallback={<p className="max-w-prose text-md whitespace-pre-wrap">{text}</p>}>
      <View text={text} isWriting={isWriting} />
    </Suspense>
  );
}

/** Loads the renderer and the highlighter, which is not kept for when there is no network, ahead of the first answer. */
export async function preloadMarkdown(): Promise<void> {
  await Promise.all([preloadBlocks(), navigator.onLine ? import("./highlight") : null]);
}
