"""What the adapters for embeddings share: texts out of a request, vectors out of an answer."""

import base64
import binascii
import math
import struct
from collections.abc import Iterator, Sequence

from colonycraft.errors import MalformedResponse
from colonycraft.llm.parts import joined_text
from colonycraft.llm.port import End, Event, ModelRequest, Usage, Vectors
from colonycraft.llm.shapes import JsonObject, count_of, list_of, object_of, objects_of, word_of


def texts_of(request: ModelRequest) -> list[str]:
    """One text a message."""
    return [joined_text(message.parts) for message in request.messages]


def embedding_events(answer: JsonObject, request: ModelRequest) -> Iterator[Event]:
    """An answer in OpenAI's shape, whose vectors may come in any order."""
    data = sorted(objects_of(answer.get("data")), key=lambda one: count_of(one.get("index")) or 0)
    tokens = object_of(answer.get("usage")).get("prompt_tokens")
    vectors = [one.get("embedding") for one in data]
    return vector_events(request, vectors, tokens, word_of(answer.get("model")))


def vector_events(
    request: ModelRequest, found: Sequence[object], tokens: object, model: str | None
) -> Iterator[Event]:
    """The events of an answer. Raises `MalformedResponse` when it is not one vector a text."""
    vectors = tuple(map(_vector, found))
    if len(vectors) != len(request.messages) or len({len(one) for one in vectors}) != 1:
        raise MalformedResponse(
            "provider-unclear", message="The provider did not send one vector for each text."
        )
    yield Vectors(vectors)
    counted = count_of(tokens)
    if counted is not None:
        yield Usage(input_tokens=counted, output_tokens=0)
    yield End("complete", model=model)


def _vector(value: object) -> tuple[float, ...]:
    """Numbers, or the base64 of little-endian float32. Raises `MalformedResponse`."""
    try:
        if isinstance(value, str):
            data = base64.b64decode(value, validate=True)
            vector = struct.unpack(f"<{len(data) // 4}f", data)
        else:
            vector = tuple(map(_number, list_of(value)))
    except (binascii.Error, struct.error, OverflowError, TypeError, ValueError) as exc:
        raise MalformedResponse(
            "provider-unclear", message="The provider sent a vector that is none."
        ) from exc
    if not vector or not all(map(math.isfinite, vector)):
        raise MalformedResponse(
            "provider-unclear", message="The provider sent a vector that is none."
        )
    return vector


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)
