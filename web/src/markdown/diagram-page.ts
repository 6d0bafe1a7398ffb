import template from "./diagram.html?raw";

/** Text as a literal of a script that stands in a page: nothing in it can end the script. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll("<", String.raw`\u003c`);
}

/** A page that draws a diagram by the library that it brings along, or says why it cannot. */
export function diagramPage(texts: { source: string; library: string; refusal: string }): string {
  const { source, library, refusal } = texts;
  const parts = { SOURCE: source, LIBRARY: library, REFUSAL: refusal };
  return template.replaceAll(/\b(SOURCE|LIBRARY|REFUSAL)\b/g, (name) =>
    literal(parts[name as keyof typeof parts]),
  );
}
