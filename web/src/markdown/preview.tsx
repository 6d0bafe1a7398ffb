import { DiagramPreview } from "./diagram-preview";
import { Frame } from "./frame";
import type { Previewed } from "./open-preview";

/** What a model wrote, seen instead of read; as high as what it is in. */
export function Preview({ code, language }: Previewed) {
  return language === "mermaid" ? <DiagramPreview source={code} /> : <Frame page={code} />;
}
