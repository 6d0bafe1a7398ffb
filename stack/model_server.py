"""The model of one stack: an Ollama with the chosen model loaded, made ready in the background."""

import threading
from collections.abc import Callable
from pathlib import Path

from stack import console, environment, model, ollama, processes
from stack.errors import StackError, Stopped
from stack.ports import HOST


class ModelServer:
    """Finds or starts an Ollama and makes it know one model.

    The address is known at once, so that the functions can start while a model is still being
    fetched. `wanted` is a name that Ollama knows it by, or "none".
    """

    def __init__(
        self, wanted: str, host: str, port: int, log: Path, wait_for_python: Callable[[], None]
    ) -> None:
        self.name = wanted
        self.child: processes.Child | None = None
        self.state = "none" if wanted == "none" else "starting"
        self._log = log
        self._port = port
        self._wait_for_python = wait_for_python
        found = ollama.running(host) if wanted != "none" else None
        self.is_ours = found is None
        self.address = found.address if found else f"http://{HOST}:{port}"
        self._thread = threading.Thread(target=self._make_ready, daemon=True)

    def start(self) -> None:
        """Begin; `state` becomes "ready" or "none"."""
        if self.state == "starting":
            self._thread.start()

    def wait(self) -> None:
        """Wait until the state is known."""
        while self._thread.is_alive():
            processes.pause(0.1)

    def stop(self) -> None:
        """End what was started."""
        if self.child is not None:
            self.child.stop()

    def _make_ready(self) -> None:
        try:
            if self.is_ours and not self._serve():
                self.state = "none"
                return
            self._register()
            model.warm(self.address, self.name)
            self.state = "ready"
            console.say(f"  ✓ local model {self.name} is loaded ({self.address})")
        except Stopped:
            pass
        except (StackError, OSError) as error:
            self.state = "none"
            if not processes.stop_requested.is_set():
                console.warn(f"no local model: {error}")

    def _serve(self) -> bool:
        program = ollama.binary()
        if program is None:
            return False
        if self.name in model.KNOWN:
            self._wait_for_python()
            model.file_of(model.KNOWN[self.name])
        self.child = ollama.serve(program, self._port, self._log, environment.passed_on())
        processes.wait_until(lambda: ollama.answers(self.address), 30, "Ollama")
        return True

    def _register(self) -> None:
        known = model.KNOWN.get(self.name)
        if known is not None and (self.is_ours or not model.has(self.address, self.name)):
            self._wait_for_python()
            model.register(known, self.address)
        elif not model.has(self.address, self.name):
            have = ", ".join(model.installed(self.address)) or "none"
            raise StackError(f"the Ollama at {self.address} has no {self.name}; it has: {have}.")
