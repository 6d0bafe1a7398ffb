import { render } from "@testing-library/react";
import { expect, it } from "vitest";

import BlocksView from "@/markdown/blocks-view";

import { withoutLooks } from "./copy-formatted";

it("keeps what a text is, and leaves out how it looks here and what can be pressed", () => {
  const markdown = "A **word**.\n\n| a |\n|---|\n| 1 |\n\n```js\nlet a;\n```";
  const { container } = render(<BlocksView text={markdown} />);
  const html = withoutLooks(container);
  expect(html).toContain("<strong>word</strong>");
  expect(html).toContain('<table border="1">');
  expect(html).toContain("<code>let a;</code></pre>");
  expect(html).not.toMatch(/class=|style=|<button|figcaption/);
});
