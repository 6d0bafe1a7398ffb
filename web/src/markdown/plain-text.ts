import { Lexer, type Token } from "marked";

/** What one reads of a text in Markdown: its words without the marks, blocks on lines of their own. */
export function plainText(markdown: string): string {
  return Lexer.lex(markdown, { gfm: true }).map(blockText).filter(Boolean).join("\n");
}

function blockText(token: Token): string {
  switch (token.type) {
    case "space":
    case "hr":
    case "def":
      return "";
    case "list":
      return (token.items as Token[]).map(blockText).join("\n");
    case "table": {
      const rows = [token.header, ...token.rows] as { tokens: Token[] }[][];
      return rows.flatMap((row) => row.map(({ tokens }) => inlineText(tokens))).join("\n");
    }
    case "blockquote":
    case "list_item":
      return (token.tokens ?? []).map(blockText).filter(Boolean).join("\n");
    case "paragraph":
    case "heading":
      return inlineText(token.tokens ?? []);
    case "text":
      return "tokens" in token && token.tokens ? inlineText(token.tokens) : unescaped(token);
    default:
      return "text" in token ? (token.text as string) : "";
  }
}

function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "br") return "\n";
      if (token.type === "image") return "";
      return "tokens" in token && token.tokens ? inlineText(token.tokens) : unescaped(token);
    })
    .join("");
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function unescaped(token: Token): string {
  const text = "text" in token ? (token.text as string) : "";
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => entities[name] ?? "");
}
