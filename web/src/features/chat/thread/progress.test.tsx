import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { newTurn } from "../stream/turns";
import { AnswerBody } from "./answer";
import { answerEntry, type AnswerEntry } from "./entries";
import { Progress } from "./progress";
import { ThreadProvider, type ThreadActions } from "./thread-context";

const place = (position: number, seconds: number) =>
  `Waiting for Model One: position ${position}, about ${seconds} s`;

function writing(waiting: string | null, text = ""): AnswerEntry {
  const announced = waiting?.split(", about")[0] ?? null;
  const known = { requestId: "r", runId: "run", waiting, announced, text };
  const turn = newTurn({ ...known, phase: "streaming" });
  const entry = answerEntry(null, turn, 1);
  if (entry?.kind !== "answer") throw new Error("There is no answer.");
  return entry;
}

function Shown({ entry }: { entry: AnswerEntry }) {
  return (
    <ThreadProvider value={{ modelName: (id: string) => id } as ThreadActions}>
      <AnswerBody entry={entry} />
      <Progress isWriting isStopping={false} last={entry} />
    </ThreadProvider>
  );
}

it("shows the place in the line instead of dots, and dots where nothing is known", () => {
  const { rerender } = render(<Shown entry={writing(null)} />);
  screen.getByText("Waiting for the first words");
  rerender(<Shown entry={writing(place(3, 20))} />);
  screen.getByText(place(3, 20));
  expect(screen.queryByText("Waiting for the first words")).toBeNull();
  rerender(<Shown entry={writing(null, "Hello")} />);
  expect(screen.queryByText(/position/)).toBeNull();
});

it("reads out the place when it changes, and not how the seconds pass", () => {
  const status = () => screen.getByRole("status").textContent;
  const { rerender } = render(<Shown entry={writing(place(3, 20))} />);
  expect(status()).toBe("Waiting for Model One: position 3");
  rerender(<Shown entry={writing(place(3, 15))} />);
  expect(status()).toBe("Waiting for Model One: position 3");
  rerender(<Shown entry={writing(place(2, 15))} />);
  expect(status()).toBe("Waiting for Model One: position 2");
  rerender(<Shown entry={writing(null, "Hello")} />);
  expect(status()).toBe("The answer is being written.");
});
