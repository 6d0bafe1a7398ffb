"""The web app of `make dev`: built again by Vite after each edit, its errors told."""

import re
from collections.abc import Iterable
from pathlib import Path

from stack import console, processes, web
from stack.stack import Plan

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_SHOWN_LINES = 12


class Site:
    """Vite in watch mode. Follows its log; Vite itself ending is told and no end of the stack."""

    def __init__(self, plan: Plan) -> None:
        self._log = plan.folder / "logs" / "web.log"
        self._public = plan.folder / "public"
        self._config = web.local_config(plan.project, plan.ports)
        self._child: processes.Child | None = None
        self._read = 0
        self._builds = 0
        self._told_end = False

    def start(self) -> None:
        """Begin building; a plain sentence where there is no web app."""
        if not web.exists():
            console.warn("there is no web app in this checkout: web/package.json is missing.")
            return
        self._child = web.watch(self._public, self._config, self._log)
        self._told_end = False

    def stop(self) -> None:
        """End Vite."""
        if self._child is not None:
            self._child.stop()

    def restart(self) -> None:
        """Start Vite anew, for what it does not follow by itself."""
        self.stop()
        self.start()

    def has_built(self) -> bool:
        """Whether a build has ended, well or not, or none will."""
        self.tick()
        return self._child is None or self._builds > 0 or self._told_end

    def tick(self) -> None:
        """Tell what Vite has said since the last time; to be called often."""
        if self._child is None:
            return
        alive = self._child.alive
        for line in self._new_lines():
            if line.startswith("built in"):
                self._builds += 1
                if self._builds > 1:
                    console.say(f"  ↻ web app {line.rstrip('.')}")
            elif line.startswith("Build failed"):
                self._builds += 1
                told = self._child.output(_SHOWN_LINES)
                console.warn(f"the web app does not build:\n{_ANSI.sub('', told)}")
        if not alive and not self._told_end:
            self._told_end = True
            console.warn(f"the web app's build ended:\n{self._child.output(_SHOWN_LINES)}")

    @staticmethod
    def configuration_files() -> Iterable[Path]:
        """What Vite does not follow by itself."""
        names = ("package.json", "package-lock.json", "tsconfig.json")
        yield from (web.WEB / name for name in names)
        yield from web.WEB.glob("vite.config.*")

    def _new_lines(self) -> list[str]:
        with self._log.open("rb") as file:
            file.seek(self._read)
            text = file.read()
        complete = text[: text.rfind(b"\n") + 1]
        self._read += len(complete)
        return [_ANSI.sub("", line) for line in complete.decode(errors="replace").splitlines()]
