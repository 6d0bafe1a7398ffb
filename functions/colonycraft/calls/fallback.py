"""Which models are asked when one fails: the person's for a conversation, then the administrators'.

    FALLBACKS=openai/gpt-5.2 > anthropic/claude-sonnet-4-5 > ollama/qwen3; * > openai/gpt-5.2

reads "if this fails, that"; `*` stands for every model that has no chain of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from colonycraft.calls.catalogue import Choice, resolve
from colonycraft.errors import NotConfigured, NotFound, setting_wrong
from colonycraft.platform.settings import settings

LONGEST_CHAIN = 4
EVERY = "*"

Fallbacks = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a conversation asks of a model. `context_tokens` is what its prompt takes."""

    tools: bool = False
    vision: bool = False
    audio: bool = False
    files: bool = False
    context_tokens: int = 0


def chain_for(
    asked: Choice, own: Sequence[str] = (), needs: Needs | None = None
) -> tuple[Choice, ...]:
    """The model that was asked, then its fallbacks: the person's, then the administrators'.

    Only models that are configured here and are known to do what is needed; each once, and no more
    than `LONGEST_CHAIN` together.
    """
    needs = needs or Needs()
    table = fallbacks()
    chain = [asked]
    for name in (*own, *table.get(asked.id, table.get(EVERY, ()))):
        choice = _usable(name)
        if choice is None or not _meets(choice, needs) or any(one.id == name for one in chain):
            continue
        chain.append(choice)
        if len(chain) == LONGEST_CHAIN:
            break
    return tuple(chain)


def read_fallbacks(text: str, connection_ids: Sequence[str]) -> Fallbacks:
    """The chains of the setting, by model. Raises NotConfigured with what is wrong in it."""
    table: dict[str, tuple[str, ...]] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        model, *others = (name.strip() for name in part.split(">"))
        if not others:
            raise _wrong(f"{part.strip()!r} names no fallback; write `model > fallback > fallback`")
        for name in (model, *others):
            if not (name == EVERY and name is model):
                _check_name(name, connection_ids)
        if len(others) >= LONGEST_CHAIN:
            raise _wrong(
                f"{model} has {len(others)} fallbacks, and {LONGEST_CHAIN - 1} are allowed"
            )
        if model in table:
            raise _wrong(f"{model} has two chains")
        if len({model, *others}) < 1 + len(others):
            raise _wrong(f"the chain of {model} names a model twice")
        table[model] = tuple(others)
    return table


@cache
def fallbacks() -> Fallbacks:
    """The administrators' chains. Raises NotConfigured: `main.py` asks, so that no process
    starts with a wrong setting."""
    return read_fallbacks(settings().fallbacks, settings().providers)


def _check_name(name: str, connection_ids: Sequence[str]) -> None:
    connection, separator, model = name.partition("/")
    if not separator or not model or not connection:
        raise _wrong(f"{name!r} is no model; write connection/model")
    if connection not in connection_ids:
        known = ", ".join(connection_ids)
        raise _wrong(f"{name} is at no connection that exists here ({known})")


def _wrong(what: str) -> NotConfigured:
    return setting_wrong(f"FALLBACKS: {what}.")


def _usable(name: str) -> Choice | None:
    try:
        return resolve(name)
    except (NotFound, NotConfigured):
        return None


def _meets(choice: Choice, needs: Needs) -> bool:
    facts = choice.facts
    able = (
        (needs.tools, facts.tools),
        (needs.vision, facts.vision),
        (needs.audio, facts.audio),
        (needs.files, facts.files),
    )
    fits = choice.prompt_window - choice.answer_tokens >= needs.context_tokens
    return fits and all(has is True for needed, has in able if needed)
