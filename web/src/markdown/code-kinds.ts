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

const drawn = new Set(["html", "svg"]);

/** Whether there is something to be seen of it beside its text. */
export function canPreview(language: string | null): boolean {
  return language !== null && drawn.has(language.toLowerCase());
}
