import { render } from "@testing-library/react";
import { expect, it } from "vitest";

import { Markdown, preloadBlocks } from "./index";

it("is Markdown from its first drawing on, once the renderer has been loaded", async () => {
  await preloadBlocks();
  const { container } = render(<Markdown text="# Bees" />);
  expect(container.querySelector("h1, h2, h3, h4")?.textContent).toBe("Bees");
});
