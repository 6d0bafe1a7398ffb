import { t } from "@lingui/core/macro";

import { contrast, readHex, writeHex, type Colour } from "./colour";

/** Where a brand is seen: the page's own colours of a theme, and what must be reached on them. */
interface Ground {
  selector: string;
  /** Links, focus rings and the edge of what is chosen lie on these. */
  planes: readonly Colour[];
  /** Towards which lightness a colour goes until it can be read. */
  towards: 0 | 1;
  ratio: number;
}

export type Brand = { ok: true; css: string } | { ok: false; problem: string };

const grey = (lightness: number): Colour => ({ lightness, chroma: 0, hue: 0 });
const inks = [grey(1), grey(0.14)];

/** As in theme.css, which brand.test.ts compares. Text needs 4.5:1, in high contrast 7:1. */
export const grounds = {
  light: { selector: ":root", planes: [0.965, 1].map(grey), towards: 0, ratio: 4.5 },
  dark: {
    selector: ':root[data-theme="dark"]',
    planes: [0.17, 0.24].map(grey),
    towards: 1,
    ratio: 4.5,
  },
  lightContrast: {
    selector: ':root[data-contrast="more"]',
    planes: [grey(1)],
    towards: 0,
    ratio: 7,
  },
  darkContrast: {
    selector: ':root[data-theme="dark"][data-contrast="more"]',
    planes: [0, 0.13].map(grey),
    towards: 1,
    ratio: 7,
  },
} as const satisfies Record<string, Ground>;

/**
 * What a brand's colour, `#rrggbb`, makes of the tokens, as a style sheet to put behind the
 * product's own. In the light theme it is taken as it is, and refused where links in it could not
 * be read; in the others it becomes as much lighter or darker as it must. What can be read as text
 * also has the 3:1 of a focus ring or an edge.
 */
export function brandOf(hex: string): Brand {
  const colour = readHex(hex);
  if (!colour) return { ok: false, problem: t`Write the colour as #rrggbb.` };
  const found = lowest(colour, grounds.light);
  if (found < grounds.light.ratio) {
    const nearest = writeHex(readable(colour, grounds.light));
    return {
      ok: false,
      problem: t`Links in ${hex} have a contrast of ${{ found: found.toFixed(1) }}:1 and need 4.5:1. The nearest colour that has it is ${nearest}.`,
    };
  }
  const rules = Object.values(grounds).map((ground) => {
    const accent = readable(colour, ground);
    return `${ground.selector} { --hue: ${colour.hue.toFixed(0)}; --accent: ${writeHex(accent)}; --accent-ink: ${writeHex(inkOn(accent))}; }`;
  });
  return { ok: true, css: rules.join("\n") };
}

function lowest(colour: Colour, { planes }: Ground): number {
  return Math.min(...planes.map((plane) => contrast(colour, plane)));
}

function inkOn(accent: Colour): Colour {
  return inks.reduce((best, ink) => (contrast(ink, accent) > contrast(best, accent) ? ink : best));
}

/** The first colour on the way to black or white that has the ratio. */
function readable(colour: Colour, ground: Ground): Colour {
  const step = ground.towards === 1 ? 0.005 : -0.005;
  let { lightness } = colour;
  let tried = colour;
  while (lowest(tried, ground) < ground.ratio && lightness > 0 && lightness < 1) {
    lightness += step;
    tried = { ...colour, lightness };
  }
  return readHex(writeHex(tried)) ?? tried;
}
