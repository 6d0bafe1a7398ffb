import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { Toolbar } from "./toolbar";

function draw() {
  render(
    <Toolbar label="Actions" className="">
      <button type="button">A</button>
      <button type="button">B</button>
      <button type="button">C</button>
    </Toolbar>,
  );
  return screen.getAllByRole("button");
}

function stops(): (string | null)[] {
  return screen
    .getAllByRole("button")
    .filter(({ tabIndex }) => tabIndex === 0)
    .map(({ textContent }) => textContent);
}

it("is one stop for Tab, which stays where one was", () => {
  const [a, b] = draw();
  expect(stops()).toEqual(["A"]);
  a?.focus();
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowRight" });
  expect(document.activeElement).toBe(b);
  expect(stops()).toEqual(["B"]);
});

it("goes round, and to both ends", () => {
  const [a, , c] = draw();
  a?.focus();
  const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
  press("ArrowLeft");
  expect(document.activeElement).toBe(c);
  press("ArrowRight");
  expect(document.activeElement).toBe(a);
  press("End");
  expect(document.activeElement).toBe(c);
  press("Home");
  expect(document.activeElement).toBe(a);
});
