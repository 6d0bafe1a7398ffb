/** How files of a language end, where that is not its name. */
const endings: Record<string, string> = {
  bash: "sh",
  "c#": "cs",
  "c++": "cpp",
  csharp: "cs",
  golang: "go",
  javascript: "js",
  kotlin: "kt",
  markdown: "md",
  mermaid: "mmd",
  python: "py",
  ruby: "rb",
  rust: "rs",
  shell: "sh",
  text: "txt",
  typescript: "ts",
  yaml: "yml",
};

/** What a block of code is called as a file. */
export function fileName(language: string | null): string {
  const name = (language ?? "text").toLowerCase();
  if (name === "dockerfile") return "Dockerfile";
  const ending = endings[name] ?? (/^[a-z0-9]{1,10}$/.test(name) ? name : "txt");
  return `code.${ending}`;
}

export type Drawn = "html" | "mermaid" | "svg";

const drawn: readonly string[] = ["html", "mermaid", "svg"] satisfies Drawn[];

/** Whether there is something to be seen of it beside its text. */
export function canPreview(language: string | null): language is Drawn {
  return language !== null && drawn.includes(language);
}
