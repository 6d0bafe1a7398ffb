import { expect, it } from "vitest";

import { csv } from "./csv";

it("quotes what needs it, and lets no cell be a formula", () => {
  const rows = [
    ["a", 'say "so"', "one, two"],
    ["=1+1", "-5", "-5 % off", "@x", "line\nbreak"],
  ];
  expect(csv(rows)).toBe(
    'a,"say ""so""","one, two"\r\n\'=1+1,-5,\'-5 % off,\'@x,"line\nbreak"\r\n',
  );
});
