import { i18n } from "@lingui/core";
import { generateMessageId } from "@lingui/message-utils/generateMessageId";
import { render, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import type { Said } from "./problem-text";
import { useProblemText } from "./use-problem-text";

function Problem({ said }: { said: Said | null }) {
  return useProblemText(said) ?? "nothing yet";
}

function show(said: Said | null): HTMLElement {
  return render(<Problem said={said} />).container;
}

const text = "The model answered with nothing. Ask again.";
const said: Said = { message: "In English.", details: { reason: "answer-empty" } };

afterEach(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

it("a problem is shown in words of its own, once they are here", async () => {
  const page = show(said);
  expect(page.textContent).toBe("nothing yet");
  await waitFor(() => expect(page.textContent).toBe(text));
});

it("what was stored without a reason is shown as it is", () => {
  expect(show({ message: "In English." }).textContent).toBe("In English.");
});

it("nothing is shown where there is no problem", () => {
  expect(show(null).textContent).toBe("nothing yet");
});

it("an old problem is said in the language that is spoken now", () => {
  const messages = { [generateMessageId(text)]: "Das Modell schwieg." };
  i18n.loadAndActivate({ locale: "de", messages });
  expect(show(said).textContent).toBe("Das Modell schwieg.");
});
