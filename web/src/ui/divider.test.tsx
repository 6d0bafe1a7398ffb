import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";

import { Divider } from "./divider";

afterEach(() => document.documentElement.removeAttribute("style"));

function Panes() {
  const [value, setValue] = useState(50);
  const limits = { least: 30, most: 70 };
  return <Divider label="Width" controls="pane" value={value} {...limits} onChange={setValue} />;
}

function press(...keys: string[]): string | null {
  const divider = screen.getByRole("separator", { name: "Width" });
  for (const key of keys) fireEvent.keyDown(divider, { key });
  return divider.getAttribute("aria-valuenow");
}

test("arrows change the width, Home and End make it least and most", () => {
  render(<Panes />);
  expect(press("ArrowLeft")).toBe("55");
  expect(press("ArrowRight", "ArrowRight")).toBe("45");
  expect(press("End", "ArrowLeft")).toBe("70");
  expect(press("Home", "ArrowRight")).toBe("30");
  expect(press("Enter")).toBe("30");
});

test("arrows are the other way round where one reads from the right", () => {
  render(
    <div style={{ direction: "rtl" }}>
      <Panes />
    </div>,
  );
  expect(press("ArrowRight")).toBe("55");
});
