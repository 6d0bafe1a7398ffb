"""Fetching large files: continued after an interruption, verified, never left half."""

import hashlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from stack import download

CONTENT = bytes(range(256)) * 5000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves CONTENT; breaks off after `breaks_after` bytes, once; notes the ranges asked for."""

    daemon_threads = True
    block_on_close = False
    breaks_after: int | None = None
    ranges: list[str | None]
    knows_ranges = True
    content = CONTENT


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.ranges.append(wanted)
        content = self.server.content
        start = 0
        if wanted and self.server.knows_ranges:
            found = re.fullmatch(r"bytes=(\d+)-", wanted)
            assert found
            start = int(found[1])
            if start >= len(content):
                self.send_error(416)
                return
        self.send_response(206 if start else 200)
        rest = content[start:]
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        cut, self.server.breaks_after = self.server.breaks_after, None
        self.wfile.write(rest[:cut])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.ranges = []
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/model.gguf"


def test_a_whole_file(server: Server, tmp_path: Path) -> None:
    seen: list[int] = []
    download.fetch(address(server), tmp_path / "file", DIGEST, seen.append)
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert seen[-1] == len(CONTENT)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_an_interrupted_fetch_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.breaks_after = 300_000
    with pytest.raises(OSError, match="broke off"):
        download.fetch(address(server), tmp_path / "file", DIGEST)
    assert not (tmp_path / "file").exists()
    download.fetch(address(server), tmp_path / "file", DIGEST)
    assert server.ranges == [None, "bytes=300000-"]
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_server_without_ranges_starts_again(server: Server, tmp_path: Path) -> None:
    server.knows_ranges = False
    (tmp_path / "file.part").write_bytes(b"something else")
    download.fetch(address(server), tmp_path / "file", DIGEST)
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_file_that_was_complete_already_is_only_verified(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file.part").write_bytes(CONTENT)
    download.fetch(address(server), tmp_path / "file", DIGEST)
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_other_bytes_are_deleted_and_fetched_again(server: Server, tmp_path: Path) -> None:
    server.content = CONTENT[:-1] + b"x"
    with pytest.raises(download.CorruptFile):
        download.fetch(address(server), tmp_path / "file", DIGEST)
    assert list(tmp_path.iterdir()) == []
    server.content = CONTENT
    download.fetch(address(server), tmp_path / "file", DIGEST)
    assert (tmp_path / "file").exists()


def test_an_address_that_does_not_answer_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="refused"):
        download.fetch("http://127.0.0.1:9/nothing", tmp_path / "file", DIGEST)
