import { memo, useMemo, useState, type ComponentProps, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

import { noBlocks, splitBlocks } from "./blocks";
import { CodeBlock } from "./code-block";
import { Link, RemoteImage } from "./links";

type ElementProps<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & {
  node?: unknown;
};

/** An answer lies under a heading of the page: its own begin at the third level. */
const headings = {
  h1: ({ children }: ElementProps<"h1">) => (
    <h3 className="mt-6 mb-2 text-[1.3rem] leading-snug font-semibold first:mt-0">{children}</h3>
  ),
  h2: ({ children }: ElementProps<"h2">) => (
    <h4 className="mt-6 mb-2 text-[1.15rem] leading-snug font-semibold first:mt-0">{children}</h4>
  ),
  h3: ({ children }: ElementProps<"h3">) => (
    <h5 className="mt-5 mb-2 text-[1.05rem] font-semibold first:mt-0">{children}</h5>
  ),
  h4: smallHeading,
  h5: smallHeading,
  h6: smallHeading,
};

function smallHeading({ children }: { children?: ReactNode }) {
  return <h6 className="mt-4 mb-1.5 font-semibold first:mt-0">{children}</h6>;
}

const components: Components = {
  ...headings,
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <RemoteImage src={typeof src === "string" ? src : undefined} alt={alt} />,
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
  table: ({ children }) => (
    <div
      role="region"
      aria-label="Table"
      tabIndex={0}
      className="my-4 overflow-x-auto rounded-control border border-line"
    >
      <table className="w-full border-collapse text-sm">{children}</table>
    </div>
  ),
  th: ({ children }) => (
    <th className="border-b border-line bg-surface px-3 py-2 text-start font-semibold">
      {children}
    </th>
  ),
  td: ({ children }) => (
    <td className="border-b border-line px-3 py-2 align-top in-[tr:last-child]:border-b-0">
      {children}
    </td>
  ),
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? "done" : "to do"} className="me-1.5">
      {checked ? "☑" : "☐"}
    </span>
  ),
};

const plugins = [remarkGfm];

// Raw HTML is never parsed: react-markdown shows it as the text that it is, so nothing that a model
// wrote disappears and nothing of it runs.
const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  );
});

export default function BlocksView({ text, isWriting }: { text: string; isWriting: boolean }) {
  const [split, setSplit] = useState(noBlocks);
  const current = useMemo(() => splitBlocks(text, split), [text, split]);
  if (current !== split) setSplit(current);
  return (
    <div className="markdown" data-writing={isWriting || undefined}>
      {current.blocks.map((block, index) => (
        // A block keeps its place: only the last one grows.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} text={block} />
      ))}
    </div>
  );
}
