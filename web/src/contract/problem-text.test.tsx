import { i18n } from "@lingui/core";
import { generateMessageId } from "@lingui/message-utils/generateMessageId";
import { render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";

import { useProblemText, type Said } from "./problem-text";

function Problem({ said }: { said: Said | null }) {
  return <p>{useProblemText(said) ?? "nothing yet"}</p>;
}

const said: Said = { message: "In English.", details: { reason: "answer-empty" } };

afterEach(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

it("a problem is shown in words of its own, once they are here", async () => {
  render(<Problem said={said} />);
  screen.getByText("nothing yet");
  await screen.findByText("The model answered with nothing. Ask again.");
});

it("what was stored without a reason is shown as it is", () => {
  render(<Problem said={{ message: "In English." }} />);
  screen.getByText("In English.");
});

it("nothing is shown where there is no problem", () => {
  render(<Problem said={null} />);
  screen.getByText("nothing yet");
});

it("an old problem is said in the language that is spoken now", () => {
  const id = generateMessageId("The model answered with nothing. Ask again.");
  i18n.loadAndActivate({ locale: "de", messages: { [id]: "Das Modell schwieg." } });
  render(<Problem said={said} />);
  screen.getByText("Das Modell schwieg.");
});
