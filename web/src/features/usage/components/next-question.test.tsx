import { render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { call } from "@/contract/call";
import type { BudgetLeft, ModelSummary } from "@/contract/contract.gen";
import { forgetAnswers } from "@/contract/query";

import { budgetLeft as budget } from "@/testing/budget-left";

import NextQuestion, { type NextQuestionProps } from "./next-question";

vi.mock("@/contract/call", () => ({ call: vi.fn() }));

const model = {
  id: "openai/o3",
  price: {
    inputMicros: 2_000_000,
    outputMicros: 10_000_000,
    secondMicros: 0,
    source: "test",
    asOf: null,
  },
} as ModelSummary;
const dear = {
  id: "openai/o3-pro",
  price: {
    inputMicros: 20_000_000,
    outputMicros: 80_000_000,
    secondMicros: 0,
    source: "test",
    asOf: null,
  },
} as ModelSummary;
const unpriced = { id: "ollama/qwen3", price: null } as ModelSummary;

function answers(...budgets: BudgetLeft[]): void {
  vi.mocked(call).mockResolvedValue({ budgets, timeZone: "UTC", cache: "off" });
}

function show(known: Partial<NextQuestionProps> = {}) {
  const props: NextQuestionProps = {
    asked: ["openai/o3"],
    models: [model, dear, unpriced],
    characters: 0,
    lastUsage: null,
    isBusy: false,
    ...known,
  };
  const { rerender, container } = render(<NextQuestion {...props} />);
  return {
    container,
    change: (next: Partial<NextQuestionProps>) => rerender(<NextQuestion {...props} {...next} />),
  };
}

/** The budgets have come and are drawn. */
async function settled(): Promise<void> {
  await waitFor(() => expect(call).toHaveBeenCalledWith("budgets.list", {}));
  await new Promise((done) => setTimeout(done));
}

beforeEach(() => {
  vi.mocked(call).mockReset();
  forgetAnswers();
});

describe("what is left", () => {
  it("is said of the tightest budget of the chosen model, with the question's rough cost", async () => {
    answers(budget(), budget({ id: "o", models: "openai/o*", limit: 1_000_000, used: 700_000 }));
    const { change } = show();
    await screen.findByText("$0.30 left");
    screen.getByText("about $0.003");
    change({ asked: ["ollama/qwen3"] });
    screen.getByText("$3.20 left");
    expect(screen.queryByText(/Next question/)).toBeNull();
  });

  it("warns from four fifths on", async () => {
    answers(budget({ used: 4_000_000 }));
    show();
    expect((await screen.findByText("$1.00 left")).className).toContain("text-warning-ink");
  });

  it("says when nothing is left", async () => {
    answers(budget({ used: 5_000_001 }));
    show();
    expect((await screen.findByText("Budget used up")).className).toContain("text-danger");
  });

  it("is asked for again once an answer is written", async () => {
    answers(budget());
    const { change } = show({ isBusy: true });
    await screen.findByText("$3.20 left");
    answers(budget({ used: 2_800_000 }));
    change({ isBusy: false });
    await screen.findByText("$2.20 left");
    expect(call).toHaveBeenCalledTimes(2);
  });

  it("is asked for again when the window gets the focus, once it may have changed", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    answers(budget());
    show();
    await screen.findByText("$3.20 left");
    vi.advanceTimersByTime(6_000);
    answers(budget({ used: 0 }));
    document.dispatchEvent(new Event("visibilitychange"));
    await screen.findByText("$5.00 left");
    expect(call).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});

describe("the cost of the next question", () => {
  it("is not told where nothing is limited, while it is less than a cent", async () => {
    answers();
    const { container, change } = show();
    await settled();
    expect(container.textContent).toBe("");
    change({ characters: 16_000 });
    expect(container.textContent).toBe("Next question: about $0.01");
  });

  it("is that of all who are asked, or not told where one has no price", async () => {
    answers(budget());
    const { change } = show({ asked: ["openai/o3", "openai/o3-pro"] });
    await screen.findByText("about $0.03");
    change({ asked: ["openai/o3", "ollama/qwen3"] });
    expect(screen.queryByText(/Next question/)).toBeNull();
  });

  it("is all that is said where budgets only warn", async () => {
    answers(budget({ hard: false }));
    const { container } = show();
    await screen.findByText("about $0.003");
    expect(container.textContent).not.toContain("left");
  });

  it("is told though the budgets are away", async () => {
    vi.mocked(call).mockRejectedValue(new Error("away"));
    const { container } = show({ characters: 16_000 });
    await settled();
    expect(container.textContent).toBe("Next question: about $0.01");
  });
});
