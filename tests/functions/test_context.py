"""What a model is sent, for every length and language."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonycraft.chat.begin import TITLE_LENGTH, title_of
from colonycraft.chat.context import (
    MESSAGE_OVERHEAD,
    SYSTEM_PROMPT,
    Memory,
    build_context,
)
from colonycraft.chat.run import utf16_length
from colonycraft.chat.title import clean_title
from colonycraft.errors import InvalidArgument
from colonycraft.llm import estimate_tokens
from colonycraft.llm.port import TextPart

_NUMBERS = itertools.count()


def stored(role: str, text: str, *, pinned: bool = False, **more: Any) -> dict[str, Any]:
    return {
        "id": f"message-{next(_NUMBERS)}",
        "role": role,
        "pinned": pinned,
        "parts": [{"type": "reasoning", "text": "x" * 99}, {"type": "text", "text": text}],
        **more,
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


MESSAGES = st.lists(
    st.tuples(st.sampled_from(["user", "assistant"]), st.text(max_size=300), st.booleans()),
    max_size=16,
)


@given(
    older=MESSAGES,
    question=st.text(min_size=1, max_size=200),
    instructions=st.tuples(st.text(max_size=200), st.text(max_size=200)),
    summary=st.text(max_size=300),
    unread=st.integers(0, 5),
    window=st.integers(300, 4000),
)
def test_whatever_is_remembered_it_fits_and_nothing_is_twice(
    older: list[tuple[str, str, bool]],
    question: str,
    instructions: tuple[str, str],
    summary: str,
    unread: int,
    window: int,
) -> None:
    messages = [stored(role, text, pinned=pinned) for role, text, pinned in older]
    memory = Memory(instructions=instructions, summary=summary)
    options: dict[str, Any] = {"window": window, "answer_tokens": 100, "memory": memory}
    before = len(messages) + unread
    try:
        context = build_context(messages, question, before=before, **options)
    except InvalidArgument:
        return
    sent = texts(context)
    quoting = 40 * (1 + sum(pinned for _, _, pinned in older))
    assert sum(estimate_tokens(text) for text in sent) <= window - 100 + quoting
    assert sent[-1] == question
    assert sent[0].startswith("\n\n".join(filter(None, (SYSTEM_PROMPT, *instructions))))
    assert context.included + context.left_out == before
    told = f"summed up:\n\n{summary}" in sent[0]
    assert context.summary_used == (bool(summary) and told and context.left_out > 0)
    left = set(context.left_out_ids)
    assert len(left) == len(context.left_out_ids) <= context.left_out
    # What is not pinned is never sent in place of something newer that is pinned.
    for at, message in enumerate(messages):
        if message["pinned"] and message["id"] in left:
            newer_or_unpinned = [
                one for one in messages if one["id"] not in left and not one["pinned"]
            ]
            cost = estimate_tokens(older[at][1]) + MESSAGE_OVERHEAD
            room = window - 100 - 2 * MESSAGE_OVERHEAD - estimate_tokens(question)
            assert not newer_or_unpinned or cost > room - estimate_tokens(sent[0]) - sum(
                estimate_tokens(one[1]) + MESSAGE_OVERHEAD for one in older if one[2]
            )
    again = build_context(messages, question, before=before, **options)
    assert again == context


@given(
    older=st.lists(st.text(min_size=1, max_size=60), max_size=6), instructions=st.text(max_size=60)
)
def test_the_next_turn_begins_with_the_same_prefix(older: list[str], instructions: str) -> None:
    """So that a provider can cache it."""
    memory = Memory(instructions=(instructions,))
    roles = itertools.cycle(["user", "assistant"])
    path = [stored(role, text) for role, text in zip(roles, older, strict=False)]
    if len(path) % 2:
        path.pop()
    options: dict[str, Any] = {"window": 9000, "answer_tokens": 100, "memory": memory}
    first = build_context(path[::-1], "one", **options)
    longer = [*path, stored("user", "one"), stored("assistant", "two")]
    second = build_context(longer[::-1], "three", **options)
    assert second.messages[: len(first.messages)] == first.messages


def test_a_pinned_message_stays_when_others_go() -> None:
    older = [stored("assistant", "z" * 900), stored("user", "y" * 900)] * 4
    path = [*older, stored("assistant", "b", pinned=True), stored("user", "a")]
    context = build_context(path, "next", window=1000, answer_tokens=100)
    assert "You wrote:\nb" in texts(context)[0]
    assert path[-1]["id"] in context.left_out_ids


def test_a_summary_stands_for_what_was_left_out_alone() -> None:
    memory = Memory(summary="They spoke of leases.")
    fits = build_context(
        [stored("user", "one")], "two", window=4000, answer_tokens=10, memory=memory
    )
    assert not fits.summary_used
    assert "leases" not in texts(fits)[0]
    older = [stored("assistant", "z" * 900), stored("user", "y" * 900)] * 4
    long = build_context(older, "two", window=1000, answer_tokens=100, memory=memory)
    assert long.summary_used
    assert "leases" in texts(long)[0]
    assert long.left_out > 0


@given(st.text())
def test_utf16_length_is_what_javascript_counts(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(character) > 0xFFFF else 1 for character in text)


SAMPLES = json.loads(Path(__file__).with_name("token_samples.json").read_text())


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_estimate_is_no_further_off_than_is_stated(kind: str) -> None:
    """docs/decisions/2026-11-27-estimated-tokens.md; counted by real tokenizers."""
    sample = SAMPLES[kind]
    least = 0.7 if kind in ("Emoji", "Base64") else 0.86
    for tokenizer, count in sample["tokens"].items():
        assert least * count <= estimate_tokens(sample["text"]) <= 4.5 * count, tokenizer


@given(st.text(max_size=300), st.text(max_size=300))
def test_an_estimate_of_the_whole_is_none_below_that_of_its_parts(one: str, two: str) -> None:
    assert estimate_tokens(one + two) + 1 >= estimate_tokens(one) + estimate_tokens(two) - 1
    assert estimate_tokens(one + two) <= estimate_tokens(one) + estimate_tokens(two)


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
