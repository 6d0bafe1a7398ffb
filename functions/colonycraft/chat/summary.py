"""What is remembered of messages that no longer fit: summed up after an answer, in nobody's way.

Like a title it is made by the model that answered, in the background; a question that comes
meanwhile ends it, and it is made after the next answer. A person may put it into their own words:
these stay, and what is summed up later is added below them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from colonycraft.calls import Account, Choice, ModelCall, Policy, Stopped, answer_of
from colonycraft.chat.context import Context, Stored
from colonycraft.errors import ColonyCraftError
from colonycraft.llm import estimate_tokens
from colonycraft.llm.port import Completion, Message, ModelRequest, TextPart
from colonycraft.platform.clock import now

FULL = 0.7
"""The part of a window from which on messages are summed up before they are left out."""
KEPT_WHOLE = 6
"""The last messages, which are not summed up while they are sent."""
WORTH = 300
"""Tokens from which on it is worth a call."""
ANSWER_TOKENS = 400
LONGEST = 8_000
"""Characters of a summary."""
POLICY = Policy(attempts=1, in_line=20.0, first_token=60.0, idle=20.0, total=90.0)
INSTRUCTION = (
    "Sum up this part of a conversation for whoever goes on with it: facts, names, numbers, "
    "decisions, what was asked and is still open. In its language, in short sentences, without an "
    "introduction. At most 250 words."
)


@dataclass(frozen=True, slots=True)
class Summary:
    """`until_seq`: it covers the messages of the path with a number below."""

    text: str
    until_seq: int

    def fields(self, branch_id: str, stored: Mapping[str, Any] | None) -> dict[str, Any]:
        """As it is kept, beside what `stored` covers."""
        return {
            "text": self.text,
            "untilSeq": self.until_seq,
            "branchId": branch_id,
            "edited": bool(stored and stored["edited"]),
            "at": now(),
        }


def due(
    context: Context, choice: Choice, older: Sequence[Stored], stored: Mapping[str, Any] | None
) -> list[Stored]:
    """The messages to be summed up now, oldest first; none while everything fits with ease."""
    room = choice.prompt_window - choice.answer_tokens
    if context.left_out == 0 and context.tokens < FULL * room:
        return []
    until = 0 if stored is None else stored["untilSeq"]
    old = older[min(KEPT_WHOLE, context.included) :]
    new = [one for one in reversed(old) if one["seq"] >= until]
    worth = sum(estimate_tokens(_text(one)) for one in new) >= WORTH
    return new if worth else []


def sum_up(
    choice: Choice, messages: Sequence[Stored], stored: Mapping[str, Any] | None, payer: Account
) -> Summary | None:
    """A summary of what `stored` covers and of `messages`. None when the model gave nothing, or had
    to make way."""
    asked = request_for(choice, messages, stored)
    if asked is None:
        return None
    request, until_seq = asked
    call = ModelCall((choice,), lambda _: request, payer, policy=POLICY, background=True)
    try:
        return read(answer_of(call), until_seq, stored)
    except (ColonyCraftError, Stopped):
        return None


def request_for(
    choice: Choice, messages: Sequence[Stored], stored: Mapping[str, Any] | None
) -> tuple[ModelRequest, int] | None:
    """What a model is asked for a summary, and up to which number that covers the path. None where
    there is nothing to sum up."""
    quoted, last = _quoted(choice, messages, "" if stored is None else stored["text"])
    if last is None:
        return None
    request = ModelRequest(
        model=choice.model,
        messages=(Message("user", (TextPart(f"{INSTRUCTION}\n\n{quoted}"),)),),
        max_output_tokens=min(ANSWER_TOKENS, choice.answer_tokens),
    )
    return choice.bounded(request), last + 1


def read(answer: Completion, until_seq: int, stored: Mapping[str, Any] | None) -> Summary | None:
    """The summary that an answer is, beside what `stored` covers. None when it is none."""
    text = answer.text.strip()
    if not text or answer.reason != "complete":
        return None
    # A person's words are not the model's to change.
    whole = f"{stored['text']}\n\n{text}" if stored and stored["edited"] else text
    return Summary(whole[:LONGEST], until_seq)


def _quoted(choice: Choice, messages: Sequence[Stored], before: str) -> tuple[str, int | None]:
    """As much of it as the model can read, oldest first, and the number of the last one."""
    room = choice.prompt_window - choice.answer_tokens - estimate_tokens(INSTRUCTION) - 64
    texts = [f"What was said before:\n{before}"] if before else []
    room -= estimate_tokens("".join(texts))
    last: int | None = None
    said = {"user": "Person", "assistant": "Assistant"}
    for one in messages:
        line = f"{said[one['role']]}: {_text(one)}"
        needed = estimate_tokens(line)
        if needed > room and last is not None:
            break
        # One message that is too long by itself is summed up by its beginning.
        texts.append(line if needed <= room else line[: max(0, room) * 2])
        room -= needed
        last = one["seq"]
    return "\n\n".join(texts), last


def _text(stored: Stored) -> str:
    return "".join(part["text"] for part in stored["parts"] if part["type"] == "text")
