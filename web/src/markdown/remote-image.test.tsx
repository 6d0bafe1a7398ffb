import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";

import BlocksView from "./blocks-view";
import { forgetImageHosts, ImageConversation } from "./image-hosts";

beforeEach(forgetImageHosts);

const bees = "![one](https://bees.example/1.png)\n\n![two](https://bees.example/2.png)";
const others =
  "![port](https://bees.example:8443/3.png) ![plain](http://bees.example/4.png) ![below](https://x.bees.example/5.png) ![like](https://bees.example.evil.example/6.png)";
const showAll = { name: "Show all from bees.example in this conversation" };
const askAgain = { name: "Ask before showing images from bees.example" };

function show(conversationId: string | null, text = `${bees}\n\n${others}`): void {
  cleanup();
  render(
    <ImageConversation value={conversationId}>
      <BlocksView text={text} />
    </ImageConversation>,
  );
}

const frames = () => [...document.querySelectorAll("iframe")].map(({ title }) => title);

function loadOne(): void {
  fireEvent.click(screen.getByRole("button", { name: "one: load image from bees.example" }));
}

it("one click shows one image, and offers all of its host", () => {
  show("c");
  expect(frames()).toEqual([]);
  expect(screen.queryByRole("button", showAll)).toBeNull();
  loadOne();
  expect(frames()).toEqual(["one, from bees.example"]);
  fireEvent.click(screen.getByRole("button", showAll));
  expect(frames()).toEqual(["one, from bees.example", "two, from bees.example"]);
});

it("that holds for this conversation, also in what is drawn later, and nowhere else", () => {
  show("c");
  loadOne();
  fireEvent.click(screen.getByRole("button", showAll));
  const kept = [localStorage, sessionStorage].flatMap(Object.values).join(" ");
  expect(kept).not.toContain("bees");
  show("c", "![three](https://bees.example/3.png)");
  expect(frames()).toEqual(["three, from bees.example"]);
  show("d");
  expect(frames()).toEqual([]);
  show("c");
  forgetImageHosts();
  show("c");
  expect(frames()).toEqual([]);
});

it("can be taken back, and the focus stays where it is", () => {
  show("c");
  loadOne();
  fireEvent.click(screen.getByRole("button", showAll));
  const button = screen.getAllByRole("button", askAgain)[1];
  button?.focus();
  if (button) fireEvent.click(button);
  expect(document.activeElement).toBe(screen.getAllByRole("button", showAll)[1]);
  expect(frames()).toHaveLength(2);
  show("c");
  expect(frames()).toEqual([]);
});

it("without a conversation images are asked for one by one", () => {
  show(null);
  loadOne();
  expect(frames()).toHaveLength(1);
  expect(screen.queryByRole("button", showAll)).toBeNull();
});

it("an address that changes while it is written is asked for again", () => {
  const view = (text: string) => <BlocksView text={text} />;
  const { rerender } = render(view("![x][1]\n\n[1]: https://bees.example/a"));
  fireEvent.click(screen.getByRole("button", { name: "x: load image from bees.example" }));
  rerender(view("![x][1]\n\n[1]: https://evil.example/b"));
  expect(frames()).toEqual([]);
});
