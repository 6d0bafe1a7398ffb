"""A provider for tests: OpenAI's chat completions over HTTP, in a process of its own.

What it does is in the model's name, `words-<n>[-<how>-<number>]...`: `words-5-every-100` streams
five words, one each 100 ms. `after`: ms of silence before anything; `fail`: answers this status;
`from`: begins with that word; `cut`: the connection breaks after as many words; `hang`: it falls
silent after as many. Everything it was asked is in `GET /log`.
Run as a script it serves, on the port given or a free one; imported, `start_provider` runs it.
"""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

MODELS = ("gpt-5-mini", "words-5", "words-5-every-200", "words-1-fail-401")
LOG: list[dict[str, Any]] = []
LOCK = threading.Lock()


@dataclass(frozen=True)
class Provider:
    port: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def log(self) -> list[dict[str, Any]]:
        return httpx.get(f"http://127.0.0.1:{self.port}/log", trust_env=False).json()

    def asked(self, marker: str) -> list[dict[str, Any]]:
        """The requests whose messages contain the marker."""
        return [one for one in self.log() if marker in json.dumps(one["body"]["messages"])]


@contextmanager
def start_provider() -> Iterator[Provider]:
    process = subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Provider(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/log":
            with LOCK:
                self._answer(200, LOG)
        else:
            models = [{"id": name, "object": "model"} for name in MODELS]
            self._answer(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with LOCK:
            LOG.append({"body": body, "at": time.time()})
        model = str(body["model"])
        number = {
            key: int(value)
            for key, value in re.findall(r"(words|every|after|fail|from|cut|hang)-(\d+)", model)
        }
        if "after" in number:
            time.sleep(number["after"] / 1000)
        if "fail" in number:
            self._answer(number["fail"], {"error": {"message": "no", "type": "x", "code": "no"}})
            return
        words = [f"word{n} " for n in range(number.get("from", 0), number.get("words", 3))]
        usage = {
            "prompt_tokens": 10,
            "completion_tokens": len(words),
            "total_tokens": 10 + len(words),
        }
        if not body.get("stream"):
            message = {"role": "assistant", "content": "".join(words)}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._answer(200, {"id": "c", "object": "chat.completion", "created": 1, "model": model,
                               "choices": [choice], "usage": usage})  # fmt: skip
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for sent, word in enumerate(words):
                if sent == number.get("hang"):
                    self._wait_until_left()
                if sent == number.get("cut"):
                    return
                self._chunk(
                    model, [{"index": 0, "delta": {"content": word}, "finish_reason": None}]
                )
                if "every" in number:
                    time.sleep(number["every"] / 1000)
            self._chunk(model, [{"index": 0, "delta": {}, "finish_reason": "stop"}])
            self._chunk(model, [], usage)
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            with LOCK:
                LOG[-1]["left"] = True

    def _wait_until_left(self) -> None:
        """Silent until the other side goes."""
        self.connection.recv(1)
        raise ConnectionResetError

    def _chunk(self, model: str, choices: list[Any], usage: dict[str, int] | None = None) -> None:
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": model,
                 "choices": choices, "usage": usage}  # fmt: skip
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()

    def _answer(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
