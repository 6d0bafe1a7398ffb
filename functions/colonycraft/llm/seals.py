"""Whether what was sent to a model before an answer is sent again as it was."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence

from colonycraft.llm.port import Connection, Message, OpaquePart


def seals(connection: Connection, model: str, messages: Sequence[Message]) -> Iterator[str]:
    """For each message a seal of all that goes before it, and at last one of them all.

    State that a provider gave with an answer is worth something only where everything that was sent
    for it is sent again: https://platform.claude.com/docs/en/build-with-claude/preserved-thinking
    Of state itself counts that it was there.
    """
    seal = hashlib.sha256(repr((connection.adapter, connection.base_url, model)).encode())
    for message in messages:
        yield seal.hexdigest()
        parts = ["opaque" if isinstance(part, OpaquePart) else repr(part) for part in message.parts]
        seal.update(repr((message.role, parts)).encode())
    yield seal.hexdigest()


def account(connection: Connection) -> str:
    """Tells accounts of a provider apart: one cannot read what was made for another. For documents
    that nobody reads, since a short key could be guessed from it."""
    key = connection.api_key or ""
    return hmac.new(key.encode("utf-8", "surrogatepass"), b"account", "sha256").hexdigest()
