"""What Anthropic is asked to keep of a conversation; the others do so by themselves."""

from typing import Any

from colonycraft.llm.adapters.anthropic_request import CACHED_FROM, request_body
from colonycraft.llm.port import Message, ModelRequest, TextPart


def body(*texts: str, system: str = "Be brief.") -> dict[str, Any]:
    roles = ("user", "assistant")
    messages = [Message("system", (TextPart(system),))] + [
        Message(roles[number % 2], (TextPart(text),))  # type: ignore[arg-type]
        for number, text in enumerate(texts)
    ]
    return request_body(ModelRequest("claude-haiku-4-5", tuple(messages)), stream=True)


def marks(sent: dict[str, Any]) -> list[str]:
    """The texts that are marked, in their order."""
    system = sent["system"] if isinstance(sent["system"], list) else []
    blocks = [*system, *(block for one in sent["messages"] for block in one["content"])]
    return [block["text"] for block in blocks if "cache_control" in block]


def test_a_long_conversation_is_kept_up_to_the_question() -> None:
    long = "word " * CACHED_FROM
    assert marks(body(long, "answer", "question")) == ["Be brief.", "question"]


def test_the_beginning_of_an_answer_is_not_kept() -> None:
    long = "word " * CACHED_FROM
    assert marks(body(long, "answer", "question", "begun")) == ["Be brief.", "question"]


def test_what_is_short_or_asked_once_is_not_kept() -> None:
    assert marks(body("one", "two", "three")) == []
    assert marks(body("word " * CACHED_FROM)) == []
    assert isinstance(body("one")["system"], str)
