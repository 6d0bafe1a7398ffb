"""How many tokens a request takes: about, and at most. Pure."""

import json
import math
import string

from colonycraft.llm.port import (
    AudioPart,
    FilePart,
    ImagePart,
    ModelRequest,
    OpaquePart,
    Part,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

_DIGITS = string.digits.encode()
_CAPITALS = string.ascii_uppercase.encode()
_SIGNS = string.punctuation.encode()

REQUEST_OVERHEAD, MESSAGE_OVERHEAD = 64, 16
"""Tokens at most that a chat template puts round a request and round each message."""
TOOLS_OVERHEAD = 1_000
"""Tokens at most of a vendor's own instructions on tools."""
IMAGE = 5_000
"""Tokens at most of one image, in the finest detail that OpenAI, Anthropic and Mistral document."""
LARGE_IMAGES = {"gpt-4o-mini": 50_000}
"""Models that count an image as many times more, at a lower price each."""
AUDIO_BYTES = 50
"""Bytes of audio at least for one token: ten tokens a second, at four kbit/s."""


def estimate_tokens(text: str) -> int:
    """Tokens by the kinds of characters, mostly a fifth too many; how far off it is, language by
    language, stands in docs/decisions/2026-11-27-estimated-tokens.md."""
    ascii_text = text.encode("ascii", "ignore")
    other = len(text.encode("utf-8", "ignore")) - len(ascii_text)
    rest = len(ascii_text.translate(None, _DIGITS))
    digits = len(ascii_text) - rest
    words = len(ascii_text.translate(None, _DIGITS + _CAPITALS + _SIGNS))
    capitals_and_signs = rest - words
    return math.ceil(words / 3.5 + digits / 1.5 + capitals_and_signs / 1.5 + other / 1.8)


def estimate_request(request: ModelRequest) -> int:
    """Tokens that the texts of a request take, by the estimate."""
    texts = [_text(part) for message in request.messages for part in message.parts]
    return sum(map(estimate_tokens, texts)) + MESSAGE_OVERHEAD * len(request.messages)


def most_tokens(request: ModelRequest, window: int | None) -> int:
    """Tokens that a request takes at most: a byte-level tokenizer makes no more tokens than there
    are bytes of UTF-8, and no model reads more than its window. What lies in a file is not known
    before it is read: it is taken to fill the window."""
    parts = [part for message in request.messages for part in message.parts]
    if window is not None and any(isinstance(part, FilePart) for part in parts):
        return window
    most = REQUEST_OVERHEAD + MESSAGE_OVERHEAD * len(request.messages)
    most += sum(_most(part, request.model) for part in parts)
    if request.tools:
        most += TOOLS_OVERHEAD + sum(
            _bytes(f"{one.name}{one.description}{json.dumps(one.parameters, default=str)}")
            for one in request.tools
        )
    if request.response_format is not None:
        most += TOOLS_OVERHEAD + _bytes(json.dumps(request.response_format.schema, default=str))
    return most if window is None else min(most, window)


def _most(part: Part, model: str) -> int:
    match part:
        case ImagePart():
            return next((most for name, most in LARGE_IMAGES.items() if name in model), IMAGE)
        case AudioPart():
            return len(part.data) * 3 // 4 // AUDIO_BYTES + 1
        case FilePart():
            return len(part.data)
        case OpaquePart():
            return _bytes(json.dumps(part.data, default=str))
        case _:
            return _bytes(_text(part))


def _text(part: Part) -> str:
    match part:
        case TextPart() | ToolResultPart():
            return part.text
        case ToolCallPart():
            return f"{part.name}{part.arguments}"
        case _:
            return ""


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
