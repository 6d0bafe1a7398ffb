import { render } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";

import html from "@/testing/hostile/xss-html.json";
import markdown from "@/testing/hostile/xss-markdown.json";

import BlocksView from "./blocks-view";

function draw(text: string): HTMLElement {
  return render(<BlocksView text={text} />).container;
}

/** Everything in a page that could run a script, fetch something, or lead to a place it should not. */
function dangers(container: HTMLElement): string[] {
  const found: string[] = [];
  for (const element of container.querySelectorAll("*")) {
    const tag = element.tagName.toLowerCase();
    if (
      /^(script|iframe|object|embed|form|meta|link|base|style|img|source|video|audio|use|image)$/.test(
        tag,
      )
    ) {
      found.push(`<${tag}>`);
    }
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "src" || name === "srcset" || name === "srcdoc") {
        found.push(`${tag} ${name}`);
      }
      if (name === "href" && !/^(https?:\/\/|mailto:|#)/.test(value)) found.push(`${tag} ${value}`);
      if (name === "style" && /url|expression|behavior/i.test(value)) found.push(`${tag} ${value}`);
    }
  }
  return found;
}

describe("hostile text", () => {
  it.each(markdown.map(({ payload }) => [payload.slice(0, 60), payload]))(
    "is inert Markdown, drawn within seconds: %s",
    (_name, payload) => {
      const started = performance.now();
      expect(dangers(draw(payload))).toEqual([]);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );

  it.each(html.map(({ payload }) => [payload.slice(0, 60), payload]))(
    "is inert HTML: %s",
    (_name, payload) => {
      expect(dangers(draw(payload))).toEqual([]);
    },
  );

  it("is shown, not swallowed", () => {
    expect(draw("Use <b>bold</b> here.").textContent).toBe("Use <b>bold</b> here.");
  });
});

describe("links", () => {
  it("open outside, and tell the other page nothing", () => {
    const link = draw("[docs](https://example.com/a)").querySelector("a");
    expect(link?.getAttribute("rel")).toContain("noopener noreferrer");
    expect(link?.getAttribute("target")).toBe("_blank");
  });

  it.each([
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](/settings)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
  ])("that may not be followed are text: %s", (text) => {
    const container = draw(text);
    expect(container.querySelector("a")).toBeNull();
    expect(container.textContent).toBe("a");
  });

  it("say where they lead when their text names another host", () => {
    expect(draw("[https://bank.example](https://evil.example)").textContent).toContain(
      "leads to evil.example",
    );
    expect(draw("[evil.example](https://evil.example)").textContent).not.toContain("leads to");
  });
});

describe("images", () => {
  it("are fetched by nothing but a click", () => {
    const container = draw("![a chart](https://elsewhere.example/?d=secret)");
    expect(container.querySelector("img")).toBeNull();
    expect(container.textContent).toBe("a chart: load image from elsewhere.example");
  });

  it("by reference are treated the same", () => {
    const container = draw("![x][1]\n\n[1]: https://elsewhere.example/y.png");
    expect(container.querySelector("img")).toBeNull();
  });
});

describe("structure", () => {
  it("lies below the headings of the page", () => {
    const container = draw("# One\n\n## Two\n\n### Three");
    expect([...container.querySelectorAll("h1, h2, h3, h4, h5")].map((h) => h.tagName)).toEqual([
      "H3",
      "H4",
      "H5",
    ]);
  });

  it("shows tables, tasks and code", () => {
    const container = draw("| a |\n|---|\n| b |\n\n- [x] done\n\n```js\nlet a;\n```");
    expect(container.querySelector("table td")?.textContent).toBe("b");
    expect(container.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("done");
    expect(container.querySelector("pre")?.textContent).toBe("let a;");
  });
});

/** Loading the parser is what takes the time. */
const patience = 10_000;

describe("formulas", () => {
  it("are MathML that a screen reader can read, and their source can be copied", async () => {
    const container = draw(String.raw`so \(a_1 < b\) and $$\frac{1}{2}$$ for $5.`);
    await vi.waitFor(() => expect(container.querySelectorAll("math")).toHaveLength(2), patience);
    expect(container.querySelector("mfrac")).not.toBeNull();
    expect(container.querySelector("annotation")?.textContent).toBe("a_1 < b");
    expect(container.textContent).toContain("for $5.");
    expect(dangers(container)).toEqual([]);
  });

  it.each([
    String.raw`\(\href{javascript:alert(1)}{x}\)`,
    String.raw`\(\includegraphics{https://elsewhere.example/a.png}\)`,
    String.raw`\(\htmlData{a=b}{x} \htmlStyle{background:url(//x)}{x}\)`,
    String.raw`\(\rule{1000em}{1000em} y\)`,
    String.raw`\(\def\a{\a\a}\a\)`,
    String.raw`\(\frac{\)`,
  ])("run, link and load nothing: %s", async (text) => {
    const container = draw(text);
    await vi.waitFor(
      () => expect(container.querySelector(".katex, .katex-error")).not.toBeNull(),
      patience,
    );
    expect(dangers(container)).toEqual([]);
    expect(container.querySelector("a")).toBeNull();
    const widths = [...container.querySelectorAll("[width]")].map((one) =>
      Number.parseFloat(one.getAttribute("width") ?? ""),
    );
    expect(Math.max(0, ...widths)).toBeLessThanOrEqual(5);
  });
});
