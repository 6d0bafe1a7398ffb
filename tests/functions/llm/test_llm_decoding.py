"""Event streams and JSON lines are read the same however they are framed and cut."""

import pytest
from colonycraft.llm.characters import whole_characters
from colonycraft.llm.decoding import json_lines, server_sent_events
from colonycraft.llm.port import Event, ReasoningDelta, TextDelta, ToolCallDelta

STREAM = 'event: a\ndata: {"text": "né 🎉"}\n\n: ping\n\ndata: one\ndata: two\nid: 7\n\n'
EXPECTED = [("a", '{"text": "né 🎉"}', True), ("", "one\ntwo", True)]


def decoded(*chunks: bytes) -> list[tuple[str, str, bool]]:
    return [(event.name, event.data, event.whole) for event in server_sent_events(chunks)]


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_framing(end: str, size: int, mark: str) -> None:
    data = (mark + STREAM).replace("\n", end).encode()
    assert decoded(*pieces(data, size)) == EXPECTED


def test_a_carriage_return_at_the_end_of_a_chunk_is_one_line_end() -> None:
    assert decoded(b"data: a\r", b"\n\r", b"\ndata: b\r", b"\n\r\n") == [
        ("", "a", True),
        ("", "b", True),
    ]


def test_mixed_line_ends() -> None:
    assert decoded(b"data: a\r\ndata: b\ndata: c\r\r\n") == [("", "a\nb\nc", True)]


def test_the_space_after_the_colon_is_optional() -> None:
    assert decoded(b"data:a\n\ndata:  b\n\ndata\n\n") == [
        ("", "a", True),
        ("", " b", True),
        ("", "", True),
    ]


def test_events_without_data_are_none() -> None:
    assert decoded(b"event: ping\n\nretry: 5\n\n\n\n: c\n\ndata: a\n\n") == [("", "a", True)]


def test_a_cut_event_is_marked() -> None:
    assert decoded(b"data: a\n\ndata: b") == [("", "a", True), ("", "b", False)]
    assert decoded(b"data: a\n") == [("", "a", False)]
    assert decoded("data: né".encode()[:-1])[0][2] is False


def test_nothing() -> None:
    assert decoded() == []
    assert decoded(b"", b"\n", b"\n") == []


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(b"data: \xff\n\n")


def test_json_lines() -> None:
    data = b'\xef\xbb\xbf{"a":1}\r\n\r\n: keep-alive\r\n  {"b":2}\n{"c":'
    for size in (1, 5, 100):
        assert list(json_lines(pieces(data, size))) == [
            ('{"a":1}', True),
            ('{"b":2}', True),
            ('{"c":', False),
        ]


def texts(*events: Event) -> list[Event]:
    return list(whole_characters(events))


def test_halves_of_a_character_are_joined() -> None:
    assert texts(TextDelta("a\ud83c"), TextDelta("\udf89b"), TextDelta("c")) == [
        TextDelta("a"),
        TextDelta("🎉b"),
        TextDelta("c"),
    ]
    assert texts(TextDelta("\ud83c"), TextDelta(""), TextDelta("\udf89")) == [TextDelta("🎉")]


def test_a_half_alone_is_replaced() -> None:
    assert texts(TextDelta("a\ud83c")) == [TextDelta("a"), TextDelta("\ufffd")]
    assert texts(TextDelta("\udf89a")) == [TextDelta("\ufffda")]
    assert texts(TextDelta("\ud83c"), ReasoningDelta("b"), TextDelta("\udf89")) == [
        TextDelta("\ufffd"),
        ReasoningDelta("b"),
        TextDelta("\ufffd"),
    ]
    assert texts(TextDelta("\ud83c"), ToolCallDelta(0)) == [
        TextDelta("\ufffd"),
        ToolCallDelta(0),
    ]
