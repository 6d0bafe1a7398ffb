import { render, screen } from "@testing-library/react";
import { Component, type ReactNode } from "react";
import { expect, it, vi } from "vitest";

import { loadable } from "./loadable";

const Hive = ({ bees }: { bees: number }) => <p>{bees} bees</p>;
const load = () => vi.fn(async () => ({ default: Hive }));

class Boundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };
  static getDerivedStateFromError = () => ({ hasFailed: true });
  override render = () => (this.state.hasFailed ? <p>It failed.</p> : this.props.children);
}

it("draws what stands in for it until its code is there, which is loaded once", async () => {
  const loader = load();
  const Part = loadable(loader);
  render(
    <>
      <Part bees={1} fallback={<p>On its way</p>} />
      <Part bees={2} />
    </>,
  );
  expect(screen.getByText("On its way")).toBeDefined();
  await screen.findByText("1 bees");
  expect(screen.getByText("2 bees")).toBeDefined();
  expect(screen.queryByText("On its way")).toBeNull();
  expect(loader).toHaveBeenCalledOnce();
});

it("is drawn at once where its code has been loaded ahead", async () => {
  const Part = loadable(load());
  await Part.preload();
  render(<Part bees={3} fallback={<p>On its way</p>} />);
  expect(screen.getByText("3 bees")).toBeDefined();
});

it("loads nothing until it is wanted, and keeps what stands in for it", async () => {
  const loader = load();
  const Part = loadable(loader);
  const stand = <button type="button">Open</button>;
  const { rerender } = render(<Part when={false} bees={4} fallback={stand} />);
  const button = screen.getByRole("button");
  expect(loader).not.toHaveBeenCalled();
  rerender(<Part bees={4} fallback={stand} />);
  expect(screen.getByRole("button")).toBe(button);
  await screen.findByText("4 bees");
});

it("leaves a chunk that cannot be loaded to the boundary, and asks again the next time", async () => {
  const loader = load();
  loader.mockRejectedValueOnce(new Error("no network"));
  const Part = loadable(loader);
  vi.spyOn(console, "error").mockImplementation(() => {});
  render(
    <Boundary>
      <Part bees={5} />
    </Boundary>,
  );
  await screen.findByText("It failed.");
  render(<Part bees={5} />);
  expect(await screen.findByText("5 bees")).toBeDefined();
  expect(loader).toHaveBeenCalledTimes(2);
});
