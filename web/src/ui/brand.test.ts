import { expect, it } from "vitest";

import { brandOf } from "./brand";
import { contrast, readHex, writeHex } from "./colour";

function colour(hex: string) {
  const read = readHex(hex);
  if (!read) throw new Error(`${hex} is no colour.`);
  return read;
}

it.each([
  ["#000000", "#ffffff", 21],
  ["#777777", "#ffffff", 4.48],
  ["#0000ff", "#ffffff", 8.59],
  ["#ff0000", "#00ff00", 2.91],
])("%s on %s has the contrast that WCAG's formula gives", (one, other, expected) => {
  expect(contrast(colour(one), colour(other))).toBeCloseTo(expected, 1);
  expect(contrast(colour(other), colour(one))).toBeCloseTo(expected, 1);
});

it("reads and writes the same colour", () => {
  for (const hex of ["#1f6b4f", "#f5c451", "#000000", "#ffffff", "#0b57d0"]) {
    expect(writeHex(colour(hex))).toBe(hex);
  }
});

it("takes a colour as it is in the light theme, and gives all themes one", () => {
  const brand = brandOf("#0b57d0");
  if (!brand.ok) throw new Error(brand.problem);
  const accents = [...brand.css.matchAll(/--accent: (#\w{6}); --accent-ink: (#\w{6})/g)];
  expect(accents).toHaveLength(4);
  expect(accents[0]?.[1]).toBe("#0b57d0");
  const ratios = accents.map(([, accent = "", ink = ""]) => contrast(colour(accent), colour(ink)));
  expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
});

it("refuses what could not be read, and names the nearest that can", () => {
  const brand = brandOf("#ffd400");
  if (brand.ok) throw new Error("Yellow links on white were accepted.");
  expect(brand.problem).toMatch(/contrast of 1\.\d:1 and need 4\.5:1/);
  const nearest = /#\w{6}\.$/.exec(brand.problem)?.[0].slice(0, 7) ?? "";
  expect(brandOf(nearest).ok).toBe(true);
});

it.each(["", "red", "#fff", "#12345g", "url(x)", "#1f6b4f; }"])("refuses “%s”", (text) => {
  expect(brandOf(text)).toEqual({ ok: false, problem: "Write the colour as #rrggbb." });
});
