import { describe, expect, it } from "vitest";

import { keyNames, keysOf, whyNot } from "./keys";
import { assignKeys, commandOf, forgetKeys } from "./shortcuts";

function pressed(key: string, code: string, held: Partial<KeyboardEvent> = {}) {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { ...none, key, code, ...held };
}

describe("what was pressed", () => {
  it.each([
    [pressed("k", "KeyK", { ctrlKey: true }), "Mod+K"],
    [pressed("L", "KeyL", { ctrlKey: true, shiftKey: true }), "Mod+Shift+L"],
    [pressed("л", "KeyK", { ctrlKey: true }), "Mod+K"],
    [pressed("/", "Slash", { ctrlKey: true }), "Mod+/"],
    [pressed("/", "Digit7", { ctrlKey: true, shiftKey: true }), "Mod+/"],
    [pressed("ArrowUp", "ArrowUp", { altKey: true }), "Alt+ArrowUp"],
    [pressed("Escape", "Escape", { shiftKey: true }), "Shift+Escape"],
    [pressed("+", "BracketRight", { ctrlKey: true }), "Mod+Plus"],
    [pressed("Control", "ControlLeft", { ctrlKey: true }), null],
  ])("%# is told apart from others on every layout", (event, keys) => {
    expect(keysOf(event)).toBe(keys);
  });

  it("is written as on the keyboard", () => {
    expect(keyNames("Mod+Alt+ArrowUp")).toEqual(["Ctrl", "Alt", "↑"]);
  });
});

it("a letter alone and what the browser needs are refused", () => {
  expect(whyNot("K")).toContain("Hold");
  expect(whyNot("Shift+K")).toContain("Hold");
  expect(whyNot("Mod+W")).toContain("browser");
  expect(whyNot("F2")).toBeNull();
  expect(whyNot("Mod+Shift+K")).toBeNull();
});

describe("keys of one's own", () => {
  it("are taken from the command that had them, and can be given back", () => {
    assignKeys("quote", "Mod+K");
    expect(commandOf("Mod+K")).toBe("quote");
    expect(commandOf("Mod+'")).toBeNull();
    forgetKeys();
    expect(commandOf("Mod+K")).toBe("open-palette");
    expect(commandOf("Mod+'")).toBe("quote");
  });
});
