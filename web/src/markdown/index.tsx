import { loadable } from "@/ui/loadable";

const loadBlocks = () => import("./blocks-view");
const Blocks = loadable(loadBlocks);

/** Loads the renderer: what is drawn from then on is drawn as Markdown at once. */
export const preloadBlocks = Blocks.preload;

/** For a page that begins with Markdown: what takes longest of drawing the first is done before it. */
export async function warmUpMarkdown(): Promise<void> {
  await (await loadBlocks()).warmUp();
}

/** Markdown from a model. The renderer is loaded with the first answer; until then the text is plain. */
export function Markdown({ text }: { text: string }) {
  return (
    <Blocks
      text={text}
      fallback={<p className="max-w-prose text-md whitespace-pre-wrap">{text}</p>}
    />
  );
}

/**
 * Loads the renderer, the font of code and the highlighter, which is not kept for when there is no network,
 * ahead of the first answer.
 */
export async function preloadMarkdown(): Promise<void> {
  const font = document.fonts.load("1em 'JetBrains Mono Variable'");
  await Promise.all([preloadBlocks(), font, navigator.onLine ? preloadHighlighter() : null]);
}

async function preloadHighlighter(): Promise<void> {
  const { preload } = await import("./highlight");
  await preload();
}
