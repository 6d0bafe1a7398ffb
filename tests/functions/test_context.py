"""What a model is sent, for every length and language."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.chat.begin import TITLE_LENGTH, title_of
from colonycraft.chat.context import MESSAGE_OVERHEAD, build_context, estimate_tokens
from colonycraft.chat.run import utf16_length
from colonycraft.chat.title import clean_title
from colonycraft.errors import InvalidArgument
from colonycraft.llm.port import TextPart


def stored(role: str, text: str) -> dict[str, Any]:
    return {
        "role": role,
        "parts": [{"type": "reasoning", "text": "x" * 99}, {"type": "text", "text": text}],
    }


def texts(context: Any) -> list[str]:
    return ["".join(p.text for p in m.parts if isinstance(p, TextPart)) for m in context.messages]


def test_history_goes_oldest_first_between_system_prompt_and_question() -> None:
    older = [
        stored("assistant", "four"),
        stored("user", "three"),
        stored("assistant", "two"),
        stored("user", "one"),
    ]
    context = build_context(older, "five", window=4000, answer_tokens=1000)
    assert texts(context)[1:] == ["one", "two", "three", "four", "five"]
    assert [m.role for m in context.messages][:2] == ["system", "user"]
    assert context.included == 4


def test_an_answer_without_its_question_is_left_out() -> None:
    older = [stored("assistant", "a" * 700), stored("user", "q" * 7000)]
    context = build_context(older, "next", window=1000, answer_tokens=100)
    assert context.included == 0
    assert len(context.messages) == 2


def test_an_answer_without_text_is_not_sent() -> None:
    context = build_context(
        [stored("assistant", ""), stored("user", "one")], "two", window=4000, answer_tokens=10
    )
    assert texts(context)[1:] == ["one", "two"]
    assert context.included == 2


def test_a_question_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="too long"):
        build_context([], "word " * 5000, window=4000, answer_tokens=1000)


@given(
    older=st.lists(
        st.tuples(st.sampled_from(["user", "assistant"]), st.text(max_size=400)), max_size=20
    ),
    question=st.text(min_size=1, max_size=400),
    window=st.integers(300, 6000),
)
def test_what_is_sent_fits_and_is_the_newest(
    older: list[tuple[str, str]], question: str, window: int
) -> None:
    messages = [stored(*one) for one in older]
    try:
        context = build_context(messages, question, window=window, answer_tokens=100)
    except InvalidArgument:
        return
    sent = texts(context)
    assert sum(estimate_tokens(text) for text in sent) <= window - 100
    assert sent[-1] == question
    newest = [text for _, text in older[: context.included] if text]
    assert sent[1:-1] == newest[::-1]
    if len(context.messages) > 2 and context.included:
        assert older[context.included - 1][0] == "user"


@given(st.text())
def test_utf16_length_is_what_javascript_counts(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(character) > 0xFFFF else 1 for character in text)


@given(st.text(max_size=300))
def test_tokens_are_not_underestimated_for_wide_scripts(text: str) -> None:
    assert estimate_tokens(text) >= len(text) * 2 // 7
    assert estimate_tokens("漢字" * 50) >= 100
    assert MESSAGE_OVERHEAD > 0


@given(st.text(min_size=1, max_size=500))
def test_a_title_from_a_question_is_one_short_line(text: str) -> None:
    title = title_of(text)
    assert len(title) <= TITLE_LENGTH + 1
    assert "\n" not in title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"Leases and Tills."', "Leases and Tills"),
        ("Title: **Leases**\n\nMore text", "Leases"),
        ("\n# Bail\n", "Bail"),
        ("「租约」", "「租约」"),
        ("", None),
        ("...", None),
        ("word " * 60, None),
    ],
)
def test_what_a_model_wrote_as_a_title(written: str, title: str | None) -> None:
    assert clean_title(written) == title
