"""Prices of one's own, which win over every list: the setting `PRICES`.

    PRICES=openai/gpt-5.2: 1.25 in, 10 out; anthropic/*: 3 in, 15 out, 0.3 cached, 3.75 written;
           ollama/*: 0.0002 a second; mistral/*: 0

US dollars per million tokens, or per second for hardware of one's own; `0` is free. Tokens that
came from a cache cost what `cached` says, tokens that were written to one what `written` says, else
as much as the rest of the input. The first pattern that fits a model counts.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache

from colonycraft.errors import NotConfigured, setting_wrong
from colonycraft.platform.settings import settings

LARGEST = 1_000_000
"""Dollars per million tokens, or per second."""

_AMOUNT = r"\d{1,8}(?:\.\d{1,6})?"
_PART = re.compile(rf"({_AMOUNT})\s+(in|out|cached|written)")
_SECONDS = re.compile(rf"({_AMOUNT})\s+(?:a|per)\s+second")


@dataclass(frozen=True, slots=True)
class Override:
    """US dollars per million tokens; `second` is dollars per second, and then nothing is charged
    for tokens."""

    models: str
    input: Decimal = Decimal(0)
    output: Decimal = Decimal(0)
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None
    second: Decimal | None = None


def read_overrides(text: str) -> tuple[Override, ...]:
    """Raises NotConfigured with what is wrong."""
    table: dict[str, Override] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        # Names of models have colons too.
        models, _, price = (one.strip() for one in part.rpartition(":"))
        if not ("/" in models or models == "*") or re.search(r"\s", models):
            raise _wrong(f"{part!r} names no model; write `connection/model: 1 in, 2 out`")
        if models in table:
            raise _wrong(f"{models!r} has two prices")
        table[models] = _read(models, price)
    return tuple(table.values())


def _read(models: str, price: str) -> Override:
    if re.fullmatch(r"0(?:\.0{1,6})?", price):
        return Override(models)
    if by_time := _SECONDS.fullmatch(price):
        return Override(models, second=_amount(by_time[1]))
    amounts: dict[str, Decimal] = {}
    for one in price.split(","):
        found = _PART.fullmatch(one.strip())
        if found is None or found[2] in amounts:
            raise _wrong(f"{price!r} is no price; write `1.25 in, 10 out` or `0.0002 a second`")
        amounts[found[2]] = _amount(found[1])
    if not {"in", "out"} <= amounts.keys():
        raise _wrong(f"{price!r} does not say what input and output cost")
    return Override(
        models, amounts["in"], amounts["out"], amounts.get("cached"), amounts.get("written")
    )


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if amount > LARGEST:
        raise _wrong(f"{text} dollars are no price")
    return amount


@cache
def overrides() -> tuple[Override, ...]:
    """Those of the deployment. Raises NotConfigured: `main.py` asks, so that no process starts with
    a wrong setting."""
    return read_overrides(settings().prices)


def override_of(model: str) -> Override | None:
    """`model` is connection/model."""
    return next((one for one in overrides() if fnmatchcase(model, one.models)), None)


def _wrong(what: str) -> NotConfigured:
    return setting_wrong(f"PRICES: {what}.")
