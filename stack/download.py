"""Fetching a large file by HTTP so that an interrupted fetch goes on where it stopped."""

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from stack import processes
from stack.errors import StackError

_CHUNK = 1 << 20
Progress = Callable[[int], None]


class CorruptFile(StackError):
    """A complete file whose bytes are not the expected ones; it has been deleted."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def fetch(
    url: str, target: Path, sha256: str, progress: Progress | None = None, timeout: float = 5
) -> None:
    """Fetch `url` to `target`, whose bytes must have the digest `sha256`.

    What an earlier, interrupted fetch left in `<target>.part` is kept and continued. `target`
    appears only complete and verified. Raises OSError (urllib's errors are) when the address
    does not answer within `timeout` seconds or breaks off, CorruptFile for other bytes.
    """
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = urllib.request.urlopen(request, timeout=timeout)
    except urllib.error.HTTPError as refused:
        if refused.code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise
        adopt(part, target, sha256)
        return
    with answer:
        continued = answer.status == HTTPStatus.PARTIAL_CONTENT
        with part.open("ab" if continued else "wb") as file:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                if progress:
                    progress(file.tell())
                processes.pause(0)
        expected = answer.headers.get("Content-Length")
        if expected and part.stat().st_size - (have if continued else 0) < int(expected):
            raise ConnectionError(f"{url} broke off")
    adopt(part, target, sha256)


def adopt(part: Path, target: Path, sha256: str) -> None:
    """Give a complete file its name if it has the digest; else delete it and raise CorruptFile."""
    with part.open("rb") as file:
        found = digest(file)
    if found != sha256:
        part.unlink()
        raise CorruptFile(f"{target.name} has the digest {found}, expected {sha256}.")
    part.replace(target)


def digest(file: _Readable) -> str:
    """The sha256 of what is left to read."""
    algorithm = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        algorithm.update(chunk)
        processes.pause(0)
    return algorithm.hexdigest()
