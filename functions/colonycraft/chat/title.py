"""A title for a new conversation, made after its first answer, in nobody's way.

The prompt is the conversation as it was sent, with one sentence more: a local server has read all
but that sentence already. A question that comes meanwhile ends it (`background`); then it is made
after the next answer.
"""

import re
from collections.abc import Sequence

from colonycraft.calls import TITLE, Account, Choice, ModelCall, Stopped, answer_of
from colonycraft.errors import ColonyCraftError
from colonycraft.llm.port import Message, ModelRequest, TextPart

QUOTED = 1500
"""Characters of each message that the title is made from."""
TRIED_UNTIL = 6
"""Messages in the branch, from which on no title is tried any more."""
LONGEST = 60
ANSWER_TOKENS = 24
INSTRUCTION = (
    "Give this conversation a title of two to six words in its language. "
    "Reply with the title alone: no quotes, no full stop."
)


def make_title(
    choice: Choice, messages: Sequence[Message], answer: str, payer: Account
) -> str | None:
    """None when the model gives nothing that is a title, or had to make way."""
    request = ModelRequest(
        model=choice.model,
        messages=(
            *(_quoted(message) for message in messages),
            Message("assistant", (TextPart(answer[:QUOTED]),)),
            Message("user", (TextPart(INSTRUCTION),)),
        ),
        max_output_tokens=ANSWER_TOKENS if choice.connection.one_at_a_time else 200,
    )
    bounded = choice.bounded(request)
    call = ModelCall((choice,), lambda _: bounded, payer, policy=TITLE, background=True)
    try:
        text = answer_of(call).text
    except (ColonyCraftError, Stopped):
        return None
    return clean_title(text)


def _quoted(message: Message) -> Message:
    text = "".join(part.text for part in message.parts if isinstance(part, TextPart))
    return Message(message.role, (TextPart(text[:QUOTED]),))


def clean_title(text: str) -> str | None:
    """What a model wrote, as a title: one line, without its ornaments."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return None
    title = re.sub(r"^(?:title|titel|titre|título)\s*[:：]\s*", "", lines[0], flags=re.IGNORECASE)
    title = title.strip(" \t\"'`*_#“”„«»‘’.。").strip()
    title = " ".join(title.split())
    if not title or len(title) > 2 * LONGEST:
        return None
    if len(title) > LONGEST:
        title = title[:LONGEST].rsplit(" ", 1)[0] + "…"
    return title
