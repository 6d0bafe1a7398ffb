import { preloadChat } from "@/features/chat";
import { preloadFolders, preloadMemory } from "@/features/conversations";
import { preloadComparePicker, preloadFallbackPicker, preloadModelPicker } from "@/features/models";
import { preloadMarkdown } from "@/markdown";
import { preloadMenu } from "@/ui/menu";
import { whenAtRest } from "@/ui/when-at-rest";
import { preloadToasts } from "@/ui/notify";
import { preloadDrawer } from "@/ui/shell";

const parts = [
  preloadMenu,
  preloadToasts,
  preloadModelPicker,
  preloadComparePicker,
  preloadFallbackPicker,
  preloadMemory,
  preloadFolders,
  preloadChat,
  preloadMarkdown,
  preloadDrawer,
];

/**
 * Fetches what opens on a click once the page has come to rest, so that it opens at once, and also
 * when the connection has gone meanwhile.
 */
export function preloadParts(): void {
  whenAtRest(() => void preloadAll());
}

/** One after another: together they would hold up whoever clicks meanwhile. */
async function preloadAll(): Promise<void> {
  for (const preload of parts) {
    await preload().catch(() => {
      // It is fetched again when it is used.
    });
    await new Promise((idle) => (globalThis.requestIdleCallback ?? setTimeout)(idle));
  }
}
