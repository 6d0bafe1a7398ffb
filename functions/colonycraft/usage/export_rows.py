"""The one form that reports of providers are read into, and how what they hold is made harmless."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from colonycraft.errors import InvalidArgument
from colonycraft.reasons import FieldProblem, english

MOST_ROWS = 50_000
LARGEST_DOLLARS = 10**9
LARGEST_COUNT = 10**15
LONGEST_NAME = 100
LAST_SECOND = 4_000_000_000

Provider = Literal["openai", "anthropic"]
Kind = Literal["costs", "usage"]


@dataclass(frozen=True, slots=True)
class Row:
    """Of one day (ISO 8601, UTC). `model` None: of all models, or of what is no model. Of what a
    report does not tell, nothing is known: None. The input counts everything, cached tokens too."""

    day: str
    model: str | None
    dollars: Decimal | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """`complete`: there is no further page of it. `days`: also those without a row."""

    provider: Provider
    kind: Kind
    complete: bool
    days: frozenset[str]
    rows: tuple[Row, ...]


_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,60})?(?:[eE][+-]?\d{1,2})?", re.ASCII)


def number(text: str) -> Decimal:
    """Raises ValueError for what is no number, or takes too many digits to be one here."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("no number")
    return Decimal(text)


def export(
    provider: Provider, kind: Kind, complete: bool, days: Iterable[str], rows: list[Row]
) -> Export:
    if len(rows) > MOST_ROWS:
        raise wrong("report-rows", most=MOST_ROWS)
    return Export(provider, kind, complete, frozenset(days), tuple(rows))


def line_item(text: str | None) -> str | None:
    """The model of `gpt-5-nano, input_tokens`."""
    return name_of((text or "").partition(",")[0])


def name_of(text: str | None) -> str | None:
    """A name as it can be shown anywhere, and put into a table: one line, and never a formula."""
    shown = "".join(one for one in text or "" if one.isprintable())[:LONGEST_NAME]
    return shown.lstrip("=+-@'\"|%\t ").strip() or None


def is_in_dollars(currency: str) -> bool:
    return currency.strip().lower() in ("usd", "")


def wrong(reason: str, *, message: str | None = None, **parameters: str | int) -> InvalidArgument:
    """With the text as the field that is wrong."""
    problem = message or english(reason, parameters)
    fields = [FieldProblem(field="text", problem=problem, kind="invalid", limit=None)]
    return InvalidArgument(reason, message=problem, fields=fields, **parameters)
