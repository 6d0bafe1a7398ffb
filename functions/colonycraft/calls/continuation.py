"""Going on with an answer that was cut off: how it is asked for, and how the two are joined. Pure.

written ──must_regenerate──> it cannot be continued: a new answer is asked for
   └─ continue_request ──> model ──> Continuation(written) ──> what is shown behind it
"""

import itertools
import json
import re
import unicodedata
from dataclasses import replace

import pydantic_core

from colonycraft import llm
from colonycraft.llm.port import Message, ModelRequest, TextPart

HELD = 400
"""Characters of a continuation that are held back until it is known what of them is repeated."""
CERTAIN = 12
"""Characters from which on an overlap that begins within a word is no accident."""
INSTRUCTION = (
    "Your last message was cut off before its end. Continue it exactly where it stopped, beginning "
    "with the very next character, even in the middle of a word. Do not repeat anything of it, do "
    "not start anew, and do not comment on this."
)


class Continuation:
    """Joins a continuation, as it arrives, to the text that is there already.

    What of its first `HELD` characters repeats the end of the text is cut; then everything passes
    straight through. The text followed by all that `add` and `end` return is the whole.
    """

    def __init__(self, written: str) -> None:
        self._end = written[-HELD - 1 :]
        self._held: str | None = ""

    def add(self, text: str) -> str:
        """What of the continuation can be shown now; "" while it is held back."""
        if self._held is None:
            return text
        self._held += text
        return self.end() if len(self._held) >= HELD else ""

    def end(self) -> str:
        """What was held back, when nothing follows."""
        held, self._held = self._held or "", None
        return held[_overlap(self._end, held[:HELD]) :]


def _overlap(written: str, text: str) -> int:
    """The length of the longest end of `written` that `text` begins with.

    A model repeats from the beginning of a word on. A short overlap within one is an accident
    ("hel" + "lo", "10" + "00") and counts as none.
    """
    for size in range(min(len(written), len(text)), 0, -1):
        if written.endswith(text[:size]) and (
            size >= CERTAIN or _is_boundary(written, len(written) - size)
        ):
            return size
    return 0


def _is_boundary(text: str, at: int) -> bool:
    """Whether a word, or something that is none, may begin at this place."""
    if at == 0:
        return True
    before, after = text[at - 1], text[at]
    return not (_extends(after) or before == _JOINER or (before.isalnum() and after.isalnum()))


_JOINER = "\u200d"


def _extends(character: str) -> bool:
    """Part of the character before it: a combining mark, a joiner, a skin tone, half a flag."""
    return (
        character == _JOINER
        or unicodedata.category(character).startswith("M")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U0001f1e6" <= character <= "\U0001f1ff"
    )


def continue_request(request: ModelRequest, written: str, facts: llm.ModelFacts) -> ModelRequest:
    """The request whose answer goes on from `written`.

    A model that takes it is given the beginning of its answer; its vendors want no white space at
    the end of that, and the continuation then begins with it. Any other is told what it wrote and
    asked to go on. Without anything written the request stays as it is.
    """
    beginning = written.rstrip()
    if not beginning:
        return request
    if _takes_prefill(request, facts):
        further = (Message("assistant", (TextPart(beginning),)),)
    else:
        further = (
            Message("assistant", (TextPart(written),)),
            Message("user", (TextPart(INSTRUCTION),)),
        )
    return replace(request, messages=(*request.messages, *further))


def _takes_prefill(request: ModelRequest, facts: llm.ModelFacts) -> bool:
    """Thinking and answers by a schema begin with something else than text."""
    return (
        facts.prefill is True
        and not facts.constant_thinking
        and request.reasoning_effort in (None, "none")
        and request.response_format is None
    )


def must_regenerate(written: str) -> bool:
    """Whether the text ends within something that two models would not put together: unclosed
    JSON, a Markdown table, a tool call written as text."""
    if _is_unclosed_json(written) or _is_unclosed_call(written):
        return True
    rest, fence = _outside_fences(written)
    return fence in _JSON_FENCES if fence is not None else _ends_in_table(rest)


_JSON_FENCES = frozenset(("json", "jsonc", "json5", "jsonl", "ndjson", "geojson"))
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*$")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CALL_TAGS = ("tool_call", "tool_use", "function_call", "function_calls", "invoke")


def _is_unclosed_json(text: str) -> bool:
    text = text.lstrip()
    if not text.startswith(("{", "[")):
        return False
    try:
        json.JSONDecoder().raw_decode(text)
        return False  # a whole value, whatever follows it
    except RecursionError:
        return True
    except ValueError:
        pass
    try:
        pydantic_core.from_json(text, allow_partial=True)
    except ValueError:
        return False
    return True


def _is_unclosed_call(text: str) -> bool:
    """The markers that models write where a server does not make calls of them."""
    if "[TOOL_CALLS]" in text:
        return True
    return any(text.rfind(f"<{tag}") > text.rfind(f"</{tag}>") for tag in _CALL_TAGS)


def _outside_fences(text: str) -> tuple[str, str | None]:
    """The text behind the last code block, and the language of one that is open at the end."""
    fence, language, begin, position = "", "", 0, 0
    for line in text.splitlines(keepends=True):
        position += len(line)
        found = _FENCE.match(line.rstrip("\r\n"))
        if found is None:
            continue
        if not fence:
            fence, language = found[1], found[2].lower()
        elif found[1].startswith(fence) and not found[2]:
            fence, begin = "", position
    return text[begin:], language if fence else None


def _ends_in_table(text: str) -> bool:
    """A table ends with a blank line; before its second line a row may be the beginning of one."""
    block = re.split(r"\n[ \t]*\r?\n", text)[-1].splitlines()
    if not block:
        return False
    rows = itertools.pairwise(block)
    return block[-1].lstrip().startswith("|") or any(
        "|" in row and "|" in line and _DELIMITERS.match(line) is not None for row, line in rows
    )
