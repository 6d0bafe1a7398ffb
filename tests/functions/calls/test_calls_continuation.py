"""A continuation is joined without a repeated or a missing character, and what cannot be continued
is found out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.calls import Continuation, continue_request, must_regenerate
from colonycraft.calls.continuation import CERTAIN, HELD, INSTRUCTION
from colonycraft.llm import ModelFacts
from colonycraft.llm.port import Message, ModelRequest, ResponseFormat, TextPart

PIECES = (
    *("The ", "colony ", "votes", ". ", ", ", "\n", "\n\n", "- ", "**", "10", "00", "hello"),
    *(
        "é",
        "e\u0301",
        "ñ",
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "🇩🇪",
        "🙂",
        "日本語",
        "。",
        "שלום",
        "हिन्दी",
        "\u200d",
    ),
)
texts = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@st.composite
def cuts(draw: st.DrawFn, text: str, most: int = 8) -> list[str]:
    """The text in pieces, cut anywhere."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=most)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


def joined(written: str, pieces: list[str]) -> str:
    join = Continuation(written)
    return written + "".join(join.add(piece) for piece in pieces) + join.end()


@given(st.data())
def test_what_a_model_repeats_is_cut_wherever_the_answer_broke_off(data: st.DataObject) -> None:
    marks = st.text("abcdefghij", min_size=6, max_size=6)
    whole = " ".join(data.draw(st.lists(marks, min_size=20, max_size=150, unique=True)))
    cut = data.draw(st.integers(0, len(whole)))
    repeated = data.draw(st.integers(CERTAIN, HELD - 1))
    continuation = whole[max(0, cut - repeated) :]
    assert joined(whole[:cut], data.draw(cuts(continuation))) == whole


@given(texts, texts, st.data())
def test_nothing_is_lost_but_what_was_there_already(
    written: str, continuation: str, data: st.DataObject
) -> None:
    whole = joined(written, data.draw(cuts(continuation)))
    assert whole.startswith(written)
    cut = len(written) + len(continuation) - len(whole)
    assert 0 <= cut <= min(HELD, len(written), len(continuation))
    assert whole.endswith(continuation[cut:])
    assert written.endswith(continuation[:cut])


@given(texts, texts, st.data())
def test_how_the_network_cuts_a_continuation_changes_nothing(
    written: str, continuation: str, data: st.DataObject
) -> None:
    assert joined(written, data.draw(cuts(continuation))) == joined(written, [continuation])


@given(texts)
def test_no_character_is_taken_apart(written: str) -> None:
    """A mark, a joiner or a skin tone is never cut off the character that it belongs to."""
    for mark in ("\u0301", "\u200d", "\U0001f3fd"):
        assert joined(written + "x" + mark, [mark + "y"]) == written + "x" + mark + mark + "y"


@pytest.mark.parametrize(
    ("written", "continuation", "whole"),
    [
        ("He said hel", "lo to me", "He said hello to me"),
        ("It costs 10", "00 dollars", "It costs 1000 dollars"),
        ("one two", "two three", "one two three"),
        ("one two ", " three", "one two three"),
        ("one two", " three", "one two three"),
        ("First.\n\n", "\n\nSecond.", "First.\n\nSecond."),
        ("First.\n\n", "Second.", "First.\n\nSecond."),
        ("A long sentence that", "long sentence that goes on", "A long sentence that goes on"),
        ("unbelievable events", "lievable events followed", "unbelievable events followed"),
        ("", "All of it", "All of it"),
        ("All of it", "", "All of it"),
        ("Ende 🙂", "🙂 weiter", "Ende 🙂 weiter"),
    ],
)
def test_examples(written: str, continuation: str, whole: str) -> None:
    assert joined(written, [continuation]) == whole
    assert joined(written, list(continuation)) == whole


def test_only_the_beginning_is_held_back() -> None:
    join = Continuation("Written.")
    assert join.add("a" * (HELD - 1)) == ""
    assert join.add("bc") == "a" * (HELD - 1) + "bc"
    assert join.add("d") == "d"
    assert join.end() == ""


def test_an_overlap_longer_than_what_is_held_is_cut_as_far_as_it_is_known() -> None:
    written = " ".join(f"word{n}" for n in range(200))
    assert joined(written, [written[-HELD:] + " end"]) == written + " end"


REQUEST = ModelRequest("m", (Message("user", (TextPart("Tell me."),)),))


def facts(**more: bool) -> ModelFacts:
    return ModelFacts("m", "M", **more)


def test_a_model_that_takes_it_is_given_the_beginning_of_its_answer() -> None:
    asked = continue_request(REQUEST, "Once upon \n", facts(prefill=True))
    assert asked.messages == (
        *REQUEST.messages,
        Message("assistant", (TextPart("Once upon"),)),
    )


@pytest.mark.parametrize(
    ("request_", "model"),
    [
        (REQUEST, facts()),
        (REQUEST, facts(prefill=False)),
        (REQUEST, facts(prefill=True, constant_thinking=True)),
        (ModelRequest("m", REQUEST.messages, reasoning_effort="low"), facts(prefill=True)),
        (
            ModelRequest("m", REQUEST.messages, response_format=ResponseFormat()),
            facts(prefill=True),
        ),
    ],
)
def test_any_other_is_asked_to_go_on(request_: ModelRequest, model: ModelFacts) -> None:
    asked = continue_request(request_, "Once upon ", model)
    assert asked.messages[1:] == (
        Message("assistant", (TextPart("Once upon "),)),
        Message("user", (TextPart(INSTRUCTION),)),
    )


@pytest.mark.parametrize("prefill", [True, False])
@pytest.mark.parametrize("written", ["", " \n"])
def test_without_a_beginning_the_question_is_asked_as_it_was(written: str, prefill: bool) -> None:
    assert continue_request(REQUEST, written, facts(prefill=prefill)) == REQUEST


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
).filter(lambda value: isinstance(value, list | dict))  # fmt: skip


@given(json_values, st.data(), st.sampled_from([None, 2]))
def test_json_is_continued_nowhere_within(
    value: object, data: st.DataObject, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()), indent=indent)
    cut = data.draw(st.integers(1, len(text) - 1))
    assert must_regenerate(text[:cut])
    assert not must_regenerate(text)
    assert must_regenerate(f"Here it is:\n\n```json\n{text[:cut]}")
    assert not must_regenerate(f"Here it is:\n\n```json\n{text}\n```\n")


@given(st.integers(2, 4), st.integers(1, 4), st.data())
def test_a_table_is_continued_nowhere_within(columns: int, rows: int, data: st.DataObject) -> None:
    def row(cell: str) -> str:
        return "|" + "|".join(f" {cell} " for _ in range(columns)) + "|\n"

    table = row("Head") + row("---") + row("cell") * rows
    cut = data.draw(st.integers(1, len(table)))
    before = data.draw(st.sampled_from(["", "Some text.\n\n", "# Title\n\n"]))
    assert must_regenerate(before + table[:cut])
    assert not must_regenerate(before + table + "\nText behind it")


@pytest.mark.parametrize(
    "written",
    [
        "a | b\n--- | ---\n1 | 2",
        "a | b\r\n:-- | --:\r\n1 |",
        "~~~json\n[1",
        "```json",
        "````JSON\n{}\n```\n",
        "Text\n\n   ```jsonl\n{}\n",
        '<tool_call>{"name": "x"',
        "I will look.\n<function_calls>\n<invoke name=",
        '[TOOL_CALLS][{"name"',
        '  {"a": ',
        "[{",
    ],
)
def test_what_must_be_made_anew(written: str) -> None:
    assert must_regenerate(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "A plain sentence that",
        "[a link](https://example.org) and",
        "[1] says that",
        "{curly} words",
        "Either a | b or c",
        "A title\n---\nText",
        "```python\nprint({'a': [1",
        "```\n| a | b |",
        "```json\n{}\n```\nAnd so",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nAnd so",
        "<tool_call>{}</tool_call> and",
        "- a list\n- of points",
        '{"a": 1} is an object that',
    ],
)
def test_what_can_be_continued(written: str) -> None:
    assert not must_regenerate(written)
