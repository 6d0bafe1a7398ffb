import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { grounds } from "@/ui/brand";
import { contrast, readHex, writeHex, type Colour } from "@/ui/colour";

const root = `${import.meta.dirname}/..`;
const sources = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(tsx?|css)$/.test(file) && !/\.(test|gen)\./.test(file))
    .map((file): [string, string] => [file, readFileSync(`${root}/${file}`, "utf8")]),
);
const tokenFile = "app/theme.css";
const sheet = sources[tokenFile] ?? "";

type Tokens = Record<string, string>;

const rules = [...sheet.matchAll(/^(:root.*?) \{(.*?)^\}/gms)].map(
  ([, selector = "", body = ""]): [string, Tokens] => [
    selector,
    Object.fromEntries(
      [...body.matchAll(/--([\w-]+): (.*?);/g)].map(([, name, value]) => [name, value]),
    ),
  ],
);

/** The tokens that a theme ends up with: the rules have one specificity or more, in their order. */
function tokensOf(...selectors: string[]): Tokens {
  const own = rules.filter(([selector]) => selectors.includes(selector));
  return Object.fromEntries(own.flatMap(([, tokens]) => Object.entries(tokens)));
}

const [light, dark, lightMore, darkMore] = [
  grounds.light,
  grounds.dark,
  grounds.lightContrast,
  grounds.darkContrast,
].map(({ selector }) => selector) as [string, string, string, string];

const themes = {
  light: { tokens: tokensOf(light), ground: grounds.light },
  dark: { tokens: tokensOf(light, dark), ground: grounds.dark },
  "light, high contrast": { tokens: tokensOf(light, lightMore), ground: grounds.lightContrast },
  "dark, high contrast": {
    tokens: tokensOf(light, dark, lightMore, darkMore),
    ground: grounds.darkContrast,
  },
};

function read(tokens: Tokens, name: string): { colour: Colour; alpha: number } {
  const value = (tokens[name] ?? "").replace("var(--hue)", tokens["hue"] ?? "");
  const wash = /^color-mix\(in oklab, var\(--accent\) (\d+)%, transparent\)$/.exec(value);
  if (wash) return { ...read(tokens, "accent"), alpha: Number(wash[1]) / 100 };
  const parts = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(value);
  if (!parts) throw new Error(`--${name} is “${value}”, which this test cannot read.`);
  const [lightness = 0, chroma = 0, hue = 0, alpha = 1] = parts
    .slice(1)
    .map((part) => Number(part ?? 1));
  return { colour: { lightness, chroma, hue }, alpha };
}

/** What is seen where tokens lie on each other, the lowest first. */
function seen(tokens: Tokens, layers: readonly string[]): Colour {
  const channels = (colour: Colour) =>
    [1, 3, 5].map((at) => Number.parseInt(writeHex(colour).slice(at, at + 2), 16));
  const mixed = layers.reduce<number[]>((below, name) => {
    const { colour, alpha } = read(tokens, name);
    return channels(colour).map(
      (value, index) => value * alpha + (below[index] ?? 0) * (1 - alpha),
    );
  }, []);
  const hex = mixed.map((value) => Math.round(value).toString(16).padStart(2, "0"));
  const colour = readHex(`#${hex.join("")}`);
  if (!colour) throw new Error(`${layers.join(", ")} make no colour.`);
  return colour;
}

const planes = ["canvas", "surface", "raised"];
const onPlanes = planes.flatMap((plane) => [[plane], [plane, "hover"], [plane, "selected"]]);
const texts: [ink: string, on: string[]][] = [
  ...["ink", "ink-muted"].flatMap((ink) =>
    [...onPlanes, ["code"]].map((on): [string, string[]] => [ink, on]),
  ),
  ...["accent", "danger", "warning-ink"].flatMap((ink) =>
    planes.map((plane): [string, string[]] => [ink, [plane]]),
  ),
  ...planes.flatMap((plane): [string, string[]][] => [
    ["ink", [plane, "accent-wash"]],
    ["danger", [plane, "danger-wash"]],
    ["ink", [plane, "danger-wash"]],
    ["warning-ink", [plane, "warning-wash"]],
    ["ink", [plane, "warning-wash"]],
  ]),
  ["accent-ink", ["accent"]],
  ["panel-ink", ["panel"]],
  ["panel-ink-muted", ["panel"]],
];

describe.each(Object.entries(themes))("the %s theme", (_name, { tokens, ground }) => {
  const { ratio } = ground;
  const tooLow = (pairs: readonly [string, string[]][], least: number) =>
    pairs
      .map(([ink, on]) => ({ ink, on, has: contrast(seen(tokens, [ink]), seen(tokens, on)) }))
      .filter(({ has }) => has < least)
      .map(({ ink, on, has }) => `${ink} on ${on.join(" with ")}: ${has.toFixed(2)}`);

  it("has text that can be read", () => {
    expect(tooLow(texts, ratio)).toEqual([]);
  });

  it("has edges and focus rings that can be seen", () => {
    const edges = ["control", "accent"].flatMap((ink) =>
      planes.map((plane): [string, string[]] => [ink, [plane]]),
    );
    expect(tooLow(edges, ratio === 7 ? 4.5 : 3)).toEqual([]);
  });

  it("is the ground on which a brand is judged", () => {
    const lightnesses = planes.map((plane) => read(tokens, plane).colour.lightness);
    const judged = ground.planes.map(({ lightness }) => lightness);
    expect([Math.min(...judged), Math.max(...judged)]).toEqual([
      Math.min(...lightnesses),
      Math.max(...lightnesses),
    ]);
  });
});

describe("outside the token file", () => {
  /** Others' marks, the colours of a highlighter that is not ours, an example of a brand. */
  const foreign = [
    "features/auth/components/provider-marks.tsx",
    "markdown/highlighter.ts",
    "ui/gallery/brand-try.tsx",
  ];
  const found = (pattern: RegExp, isMeant = (file: string) => !foreign.includes(file)) =>
    Object.entries(sources)
      .filter(([file]) => file !== tokenFile && isMeant(file))
      .flatMap(([file, text]) => (text.match(pattern) ?? []).map((match) => `${file}: ${match}`));

  it("reads the sources", () => {
    expect(Object.keys(sources).length).toBeGreaterThan(100);
    expect(found(/tailwindcss/g)).toEqual([]);
  });

  it("no colour is named", () => {
    expect(found(/#[0-9a-f]{3,8}\b(?=["'`; ])|\b(?:rgb|hsl|oklch|oklab)a?\(/gi)).toEqual([]);
  });

  it("no scale is used that is not the product's", () => {
    const gone =
      /\b(?:max-w|w|leading|rounded|shadow)-(?:xs|sm|lg|xl|[2-7]xl|none|tight|snug|relaxed|loose)\b|\bmax-w-md\b|\btracking-\w+|\bduration-\d+/g;
    expect(found(gone)).toEqual([]);
  });

  it("no side is named but the start and the end, which are where the language begins and ends", () => {
    expect(
      found(
        /(?<=["'`\s:-])(?:-?[mp][lr]-|-?(?:left|right)-(?!1\/2)|(?:text|float|clear)-(?:left|right)\b|rounded-[lrtb]?[lr]\b|border-[lr]\b)[\w-]*/g,
        (file) => /\.tsx?$/.test(file),
      ),
    ).toEqual([]);
    expect(
      found(/(?:margin|padding|border)-(?:left|right)\b.*|text-align: (?:left|right)/g, (file) =>
        file.endsWith(".css"),
      ),
    ).toEqual([]);
  });

  it("no length is set but the width of a line", () => {
    expect(found(/-\[[^\]\s]*\d(?:px|rem)\b[^\]]*\]/g)).toEqual([]);
    const isStyle = (file: string) => file.endsWith(".css");
    expect(found(/.*\d(?:rem|(?<!\b[123])px)\b.*/g, isStyle)).toEqual([]);
  });
});
