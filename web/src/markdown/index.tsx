import { lazy, Suspense } from "react";

export const preloadBlocks = () => import("./blocks-view");
const Blocks = lazy(preloadBlocks);

/** Markdown from a model. The renderer is loaded with the first answer; until then the text is plain. */
export function Markdown({ text, isWriting = false }: { text: string; isWriting?: boolean }) {
  return (
    <Suspense fallback={<p className="max-w-prose text-md whitespace-pre-wrap">{text}</p>}>
      <Blocks text={text} isWriting={isWriting} />
    </Suspense>
  );
}

/** Loads the renderer and the highlighter ahead of the first answer. */
export async function preloadMarkdown(): Promise<void> {
  await Promise.all([preloadBlocks(), import("./highlight")]);
}
