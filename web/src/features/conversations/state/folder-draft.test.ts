import { expect, it } from "vitest";

import { folderChanges } from "./folder-draft";

const stored = { name: "Garden", instructions: "In metres." };

it.each([
  [{}, null],
  [{ name: "Garden " }, null],
  [{ name: " Terrace " }, { name: "Terrace" }],
  [{ instructions: "" }, { instructions: "" }],
  [
    { name: "Terrace", instructions: "In feet." },
    { name: "Terrace", instructions: "In feet." },
  ],
])("what differs is sent: %#", (draft, changes) => {
  expect(folderChanges(draft, stored)).toEqual(changes);
});
