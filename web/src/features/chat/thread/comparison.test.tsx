import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import type { Message } from "../api/messages";
import type { Branch } from "../branches/tree";
import Comparison from "./comparison";
import { threadEntries } from "./entries";
import { ThreadProvider, type ThreadActions } from "./thread-context";

vi.mock("@/firebase/live", () => ({ useLive: () => ({ state: "loading" }) }));

const question: Message = {
  id: "m0",
  branchId: "main",
  seq: 0,
  role: "user",
  text: "Which honey is the darkest?",
  reasoning: "",
  model: null,
  state: "complete",
  problem: null,
  receipt: null,
  runId: null,
  createdAt: null,
  comparing: true,
  feedback: null,
};
const answer: Message = {
  ...question,
  id: "m1",
  seq: 1,
  role: "assistant",
  text: "Buckwheat.",
  model: "m/1",
  runId: "run",
};
const main: Branch = {
  parent: null,
  forkSeq: 0,
  nextSeq: 2,
  activeRun: null,
  held: false,
  comparing: false,
  createdAt: null,
};

it("shows an answer that the path has before the column's own listener has it", async () => {
  const actions = { modelName: (id: string) => id } as ThreadActions;
  const [asked] = threadEntries([question], "main", []);
  if (asked?.kind !== "question") throw new Error("It begins with a question.");
  render(
    <ThreadProvider value={actions}>
      <Comparison
        conversationId="c"
        question={asked}
        branches={{ main, other: { ...main, parent: "main", forkSeq: 1, comparing: true } }}
        turns={[]}
        known={[question, answer]}
      />
    </ThreadProvider>,
  );
  expect(await screen.findByText("Buckwheat.")).toBeTruthy();
  expect(screen.getByRole("heading", { name: "m/1" })).toBeTruthy();
});
