import { useEffect, type ComponentType } from "react";

import { useCommand } from "@/ui/commands";
import { loadable } from "@/ui/loadable";

import { listenForKeys } from "../state/listen";
import { show, useShown } from "../state/open";

const ShortcutSheet = loadable(async () => ({
  default: (await import("./shortcut-sheet")).ShortcutSheet,
}));

/** The keys of the product, and what opens by them. `content` is the palette with what the route gives it. */
export function PaletteLayer({ content: Content }: { content: ComponentType }) {
  const { shown } = useShown();
  useEffect(listenForKeys, []);
  useCommand("open-palette", () => show(shown === "palette" ? null : "palette"));
  useCommand("open-shortcuts", () => show(shown === "shortcuts" ? null : "shortcuts"));
  return (
    <>
      {shown === "palette" ? <Content /> : null}
      {shown === "shortcuts" ? <ShortcutSheet /> : null}
    </>
  );
}
