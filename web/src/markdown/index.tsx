import { loadable } from "@/ui/loadable";

const Blocks = loadable(() => import("./blocks-view"));

/** Loads the renderer: what is drawn from then on is drawn as Markdown at once. */
export const preloadBlocks = Blocks.preload;

/** Markdown from a model. The renderer is loaded with the first answer; until then the text is plain. */
export function Markdown({ text, isWriting = false }: { text: string; isWriting?: boolean }) {
  return (
    <Blocks
      text={text}
      isWriting={isWriting}
      fallback={<p className="max-w-prose text-md whitespace-pre-wrap">{text}</p>}
    />
  );
}

/** Loads the renderer and the highlighter, which is not kept for when there is no network, ahead of the first answer. */
export async function preloadMarkdown(): Promise<void> {
  await Promise.all([preloadBlocks(), navigator.onLine ? import("./highlight") : null]);
}
