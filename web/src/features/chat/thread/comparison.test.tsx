import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";

import { branch } from "@/testing/branch";
import { message } from "@/testing/message";

import Comparison from "./comparison";
import { threadEntries } from "./entries";
import { ThreadProvider, type ThreadActions } from "./thread-context";

vi.mock("@/firebase/live", () => ({ useLive: () => ({ state: "loading" }) }));

const question = message(0, { comparing: true });
const answer = message(1, { text: "Buckwheat." });
const main = branch({ nextSeq: 2 });

it("shows an answer that the path has before the column's own listener has it", async () => {
  const actions = { modelName: (id: string) => id } as ThreadActions;
  const [asked] = threadEntries([question], "main", []);
  if (asked?.kind !== "question") throw new Error("It begins with a question.");
  render(
    <ThreadProvider value={actions}>
      <Comparison
        conversationId="c"
        question={asked}
        branches={{
          main,
          other: branch({ parent: "main", forkSeq: 1, nextSeq: 2, comparing: true }),
        }}
        turns={[]}
        known={[question, answer]}
      />
    </ThreadProvider>,
  );
  expect(await screen.findByText("Buckwheat.")).toBeTruthy();
  expect(screen.getByRole("heading", { name: "m/1" })).toBeTruthy();
});
