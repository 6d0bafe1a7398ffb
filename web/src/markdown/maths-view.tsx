import ReactMarkdown, { type Components, type Options as MarkdownOptions } from "react-markdown";
import rehypeKatex, { type Options } from "rehype-katex";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";

// MathML alone: the browser draws it without styles or fonts of ours, and screen readers read it. What
// a model writes may neither link, nor grow beyond the page, nor fill the console.
const options: Options = {
  output: "mathml",
  trust: false,
  strict: "ignore",
  maxSize: 5,
  maxExpand: 200,
  errorColor: "var(--danger)",
};
const remarkPlugins: MarkdownOptions["remarkPlugins"] = [
  remarkGfm,
  [remarkMath, { singleDollarTextMath: false }],
];
const rehypePlugins: MarkdownOptions["rehypePlugins"] = [[rehypeKatex, options]];

/** A block with formulas, each between double dollar signs. */
export default function MathsView({ text, components }: { text: string; components: Components }) {
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      components={components}
    >
      {text}
    </ReactMarkdown>
  );
}
