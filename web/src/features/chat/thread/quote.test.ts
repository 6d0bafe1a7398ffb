import { expect, it } from "vitest";

import { quoted } from "./quote";

it("quotes each line, behind what is typed already", () => {
  expect(quoted("One.\n\nTwo.", "")).toBe("> One.\n>\n> Two.\n\n");
  expect(quoted("One.", "Before  ")).toBe("Before\n\n> One.\n\n");
});
