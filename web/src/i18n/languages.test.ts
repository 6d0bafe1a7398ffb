import { describe, expect, it } from "vitest";

import { directionOf, languageFor, languageOf, nameOf } from "./languages";

describe("the language that a browser asks for", () => {
  it.each([
    ["en-GB", "en"],
    ["de", "de"],
    ["de-AT", "de"],
    ["de-Latn-CH", "de"],
    ["de-Cyrl", undefined],
    ["nl-NL", undefined],
  ])("%s is answered with %s", (tag, language) => {
    expect(languageFor(tag)).toBe(language);
  });
});

it("a language that is not spoken is none", () => {
  expect(languageOf("de")).toBe("de");
  expect(languageOf("tlh")).toBeNull();
  expect(languageOf(null)).toBeNull();
});

it("a language calls itself by its own name", () => {
  expect(nameOf("de")).toBe("Deutsch");
  expect(nameOf("ja")).toBe("日本語");
});

it("Arabic begins on the right", () => {
  expect(directionOf("ar")).toBe("rtl");
  expect(directionOf("de")).toBe("ltr");
  expect(directionOf("arn")).toBe("ltr");
});
