"""Tool calls of chat completions, put together from pieces as different servers send them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from colonycraft.llm.port import ToolCallDelta
from colonycraft.llm.shapes import JsonObject, object_of, text_of, word_of


@dataclass(slots=True)
class _Pending:
    index: int
    id: str | None = None
    names: list[str] = field(default_factory=list[str])
    pieces: list[str] = field(default_factory=list[str])
    announced: bool = False

    @property
    def arguments(self) -> str:
        return "".join(self.pieces)


class ToolCallPieces:
    """Turns the entries of `tool_calls` into deltas.

    A piece belongs to the call of its `index`; without one to the call of its id, else to the last
    one. An index that comes again with another id and a name is a new call (servers that number
    every call 0). A call is announced with its first arguments, when its name cannot grow any more.

    Names are joined as the format says. A server that repeats the name with each piece would give
    a tool that does not exist: where the joined name is none of the `tools` but a piece is, the
    piece counts.
    """

    def __init__(self, tools: frozenset[str] = frozenset()) -> None:
        self._tools = tools
        self._calls: list[_Pending] = []
        self._by_index: dict[int, _Pending] = {}

    def __bool__(self) -> bool:
        return bool(self._calls)

    def add(self, entry: JsonObject) -> Iterator[ToolCallDelta]:
        function = object_of(entry.get("function")) or entry
        name = text_of(function.get("name"))
        id = word_of(entry.get("id"))
        if id == "null":  # Mistral's word for none
            id = None
        call = self._call_of(entry.get("index"), id, name)
        arguments = _arguments(function.get("arguments"))
        if not call.announced:
            call.id = call.id or id
            if name:
                call.names.append(name)
            call.pieces.append(arguments)
            if arguments and call.names:
                yield self._announce(call)
        elif arguments:
            call.pieces.append(arguments)
            yield ToolCallDelta(call.index, arguments)

    def finish(self) -> Iterator[ToolCallDelta]:
        """What is still held back once no more can come; a call without arguments gets `{}`."""
        for call in self._calls:
            if not call.announced:
                yield self._announce(call)
            if not call.arguments.strip():
                call.pieces.append("{}")
                yield ToolCallDelta(call.index, "{}")

    def flush(self) -> Iterator[ToolCallDelta]:
        """What is still held back when the stream was cut."""
        for call in self._calls:
            if not call.announced:
                yield self._announce(call)

    def all_valid(self) -> bool:
        """True when the arguments of every call are JSON."""
        return all(_is_json(call.arguments or "{}") for call in self._calls)

    def _announce(self, call: _Pending) -> ToolCallDelta:
        call.announced = True
        return ToolCallDelta(call.index, call.arguments, id=call.id, name=self._name_of(call))

    def _name_of(self, call: _Pending) -> str:
        joined = "".join(call.names)
        if joined not in self._tools:
            for piece in call.names:
                if piece in self._tools:
                    return piece
        return joined

    def _call_of(self, index: object, id: str | None, name: str) -> _Pending:
        if isinstance(index, int):
            known = self._by_index.get(index)
            if known is None or (id and name and known.id and id != known.id):
                known = self._by_index[index] = self._new()
            return known
        if id:
            for call in self._calls:
                if call.id == id:
                    return call
        last = self._calls[-1] if self._calls else None
        if last is None or (name and (id or (last.names and last.arguments))):
            return self._new()
        return last

    def _new(self) -> _Pending:
        call = _Pending(len(self._calls))
        self._calls.append(call)
        return call


def _arguments(value: object) -> str:
    """JSON text as most send it; an object as some do is written as text."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
