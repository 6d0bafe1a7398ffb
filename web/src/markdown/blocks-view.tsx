import { t } from "@lingui/core/macro";
import { Square, SquareCheck } from "lucide-react";
import { memo, useMemo, useState } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

import { loadable } from "@/ui/loadable";
import { nextTask } from "@/ui/tasks";

import { createSplitter, inGroups } from "./blocks";
import { CodeBlock } from "./code-block";
import { Link, safeUrl } from "./links";
import { withFormulas } from "./maths";
import { RemoteImage } from "./remote-image";
import { Table } from "./table";

/** An answer lies under a heading of the page: its own begin at the third level. */
const headings: Components = {
  h1: ({ children }) => <h3>{children}</h3>,
  // The only heading with a class is the hidden one above footnotes.
  h2: ({ children, className }) => <h4 className={className}>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
};

const components: Components = {
  ...headings,
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt = "" }) => {
    const url = safeUrl(typeof src === "string" ? src : undefined);
    const isRemote = url !== null && url.protocol !== "mailto:";
    // What was asked for holds for this address, not for another one that comes to stand here.
    return isRemote ? <RemoteImage key={url.href} url={url} alt={alt} /> : <span>{alt}</span>;
  },
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) => {
    const text = typeof children === "string" ? children : "";
    const isBlock = text.endsWith("\n") || className !== undefined;
    if (!isBlock) {
      return (
        <code className="rounded-md border border-line bg-code px-1.25 py-0.5 font-mono text-[0.85em]">
          {children}
        </code>
      );
    }
    return (
      <CodeBlock
        code={text.replace(/\n$/, "")}
        language={className?.replace("language-", "") ?? null}
      />
    );
  },
  table: ({ children }) => <Table>{children}</Table>,
  th: ({ children, style }) => (
    <th
      style={style}
      className="border-b border-line bg-surface px-3 py-2 text-start font-semibold"
    >
      {children}
    </th>
  ),
  td: ({ children, style }) => (
    <td
      style={style}
      className="border-b border-line px-3 py-2 align-top in-[tr:last-child]:border-b-0"
    >
      {children}
    </td>
  ),
  input: ({ checked }) => {
    const Icon = checked ? SquareCheck : Square;
    return (
      <Icon
        size={17}
        role="img"
        aria-label={checked ? t`done` : t`to do`}
        className="me-2 inline-block align-[-0.15em] text-ink-muted"
      />
    );
  },
};

const plugins = [remarkGfm];

// Without a network a formula is shown as it was written, until the page is opened again.
const MathsView = loadable<{ text: string; components: Components }>(() =>
  import("./maths-view").catch(() => ({ default: Plain })),
);

// Raw HTML is never parsed: react-markdown shows it as the text that it is, so nothing that a model
// wrote disappears and nothing of it runs.
function Plain({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  );
}

const samples = [
  "# A\n\n*B* **c** `d` [e](https://f.example).",
  "- A\n  1. b\n\n> c\n\n```d\ne\n```",
  "| A |\n|--|\n| b[^1] |\n\n[^1]: c",
];

/**
 * A parser's functions are compiled when they are first called, which takes longer than most answers:
 * in tasks of their own, not in that which draws the first one.
 */
export async function warmUp(): Promise<void> {
  for (const sample of samples) {
    await nextTask();
    ReactMarkdown({ children: sample, remarkPlugins: plugins, components });
  }
}

const Block = memo(function Block({ text }: { text: string }) {
  const formulas = useMemo(() => withFormulas(text), [text]);
  if (formulas === null) return <Plain text={text} />;
  return <MathsView text={formulas} components={components} fallback={<Plain text={text} />} />;
});

/** Blocks that stand one after the other: drawn and laid out again only when one of them has changed. */
const Group = memo(
  function Group({ blocks }: { blocks: readonly string[] }) {
    return (
      <div>
        {blocks.map((block, index) => (
          // A block keeps its place: only the last one grows.
          // oxlint-disable-next-line react/no-array-index-key
          <Block key={index} text={block} />
        ))}
      </div>
    );
  },
  ({ blocks: before }, { blocks }) =>
    before.length === blocks.length && before.every((block, index) => block === blocks[index]),
);

export default function BlocksView({ text }: { text: string }) {
  const [split] = useState(createSplitter);
  const groups = useMemo(() => inGroups(split(text)), [split, text]);
  return (
    <div className="markdown">
      {groups.map((blocks, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} blocks={blocks} />
      ))}
    </div>
  );
}
