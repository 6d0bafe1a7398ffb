"""Vectors of texts, in batches; each batch is a call like any other, reserved and settled."""

from collections.abc import Iterator, Sequence

from colonycraft import llm
from colonycraft.calls.account import Payer
from colonycraft.calls.attempts import ModelCall, answer_of
from colonycraft.calls.catalogue import Choice
from colonycraft.calls.policy import EMBEDDING
from colonycraft.errors import InvalidArgument
from colonycraft.llm.port import Message, TextPart

MOST_TEXTS = 1_000
BATCH_TEXTS = 256
BATCH_BYTES = 16_000
"""Of UTF-8, in which there are no more tokens: Mistral takes 16,384 a request, OpenAI more."""

Vector = tuple[float, ...]


def embed(choice: Choice, texts: Sequence[str], payer: Payer) -> list[Vector]:
    """One vector a text, in their order; one after another, where there are several batches.

    Raises InvalidArgument for an empty text, one of more than `BATCH_BYTES`, or more than
    `MOST_TEXTS`; Unsupported where the provider has no embeddings; else as `ModelCall.events`.
    """
    if len(texts) > MOST_TEXTS:
        raise InvalidArgument("too-many-to-embed", most=MOST_TEXTS)
    batches = list(_batches(texts))
    return [vector for batch in batches for vector in _embed(choice, batch, payer)]


def _embed(choice: Choice, texts: Sequence[str], payer: Payer) -> tuple[Vector, ...]:
    messages = tuple(Message("user", (TextPart(text),)) for text in texts)
    request = llm.EmbeddingRequest(choice.model, messages)
    call = ModelCall((choice,), lambda _: request, payer, stream=False, policy=EMBEDDING)
    return answer_of(call).vectors


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        length = len(text.encode("utf-8", "replace"))
        if not text.strip() or length > BATCH_BYTES:
            raise InvalidArgument("text-not-to-embed", most=BATCH_BYTES)
        if batch and (size + length > BATCH_BYTES or len(batch) == BATCH_TEXTS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield batch
