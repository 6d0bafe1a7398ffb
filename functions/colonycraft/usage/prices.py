"""What tokens cost, in integer micro-dollars, from the setting PRICES and from genai-prices.

A price list is named by its key: the name of a provider in genai-prices, the address of one
(`https://...`), or `LOCAL`. A connection may have several; the first that knows the model counts.
An `Override` stands for itself, and comes before all of them.

In a batch a model costs half where `batch_prices` knows it; what an override says counts whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Protocol

from colonycraft.usage import batch_prices
from colonycraft.usage.batch_prices import HALF, WHOLE
from colonycraft.usage.overrides import Override, override_of

type PriceList = str | Override

LOCAL = "local"
"""Models on one's own machine: they cost nothing that a provider bills."""

OVERRIDE = "override"
SOURCE = "genai-prices"
DATA_VERSION = "0.2.3"
DATA_DATE = "2026-11-09"
"""The newest date in that version at which a price of it was already in force."""

_MICRO = Decimal(1_000_000)


class TokenCounts(Protocol):
    """Tokens of one call. The input counts everything, cached tokens included; None is unknown."""

    @property
    def input_tokens(self) -> int | None: ...
    @property
    def output_tokens(self) -> int | None: ...
    @property
    def cached_input_tokens(self) -> int | None: ...
    @property
    def cache_write_tokens(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """US dollars per million tokens, for people to read. `tiered`: long inputs cost more. `second`:
    dollars per second, where time is charged and not tokens.

    `date` (ISO 8601) is that of the data; None with `source` "local" and "override", without any.
    """

    input: Decimal
    output: Decimal
    cached_input: Decimal | None
    cache_write: Decimal | None
    tiered: bool
    source: str
    date: str | None
    second: Decimal | None = None


def with_override(price_lists: Iterable[str], model: str) -> tuple[PriceList, ...]:
    """The lists that count for connection/model: first what the setting PRICES says of it."""
    override = override_of(model)
    return (*price_lists,) if override is None else (override, *price_lists)


def is_halved(price_lists: Iterable[str], model: str) -> bool:
    """Whether a model is known to cost half in a batch, by the first list that has its price."""
    at = datetime.now(UTC)
    key = next((one for one in price_lists if _price_at(one, model, at) is not None), None)
    return key is not None and batch_prices.is_halved(key, model)


def _part(key: str, model: str, batch: bool) -> Decimal:
    return HALF if batch and batch_prices.is_halved(key, model) else WHOLE


def prepare() -> None:
    """Loads the data ahead of the first question, which would wait for it."""
    from genai_prices.data_snapshot import get_snapshot

    get_snapshot()


def unit_price(price_lists: Iterable[PriceList], model: str) -> UnitPrice | None:
    """The price of a model, or None when no list has it."""
    for key in price_lists:
        if isinstance(key, Override):
            return UnitPrice(
                key.input,
                key.output,
                key.cached_input,
                key.cache_write,
                False,
                OVERRIDE,
                None,
                key.second,
            )
        if key == LOCAL:
            zero = Decimal(0)
            return UnitPrice(zero, zero, zero, zero, False, LOCAL, None)
        price = _price_at(key, model, datetime.now(UTC))
        if price is not None:
            return UnitPrice(
                input=_base(price.input_mtok) or Decimal(0),
                output=_base(price.output_mtok) or Decimal(0),
                cached_input=_base(price.cache_read_mtok),
                cache_write=_base(price.cache_write_mtok),
                tiered=bool(getattr(price.input_mtok, "tiers", None)),
                source=f"{SOURCE} {DATA_VERSION}",
                date=DATA_DATE,
            )
    return None


@dataclass(frozen=True, slots=True)
class WorstPrice:
    """The most that a million tokens can cost, in micro-dollars, and the most that is charged for
    the time of the call."""

    input: int
    output: int
    time: int = 0


def worst_price(
    price_lists: Iterable[PriceList],
    model: str,
    input_tokens: int,
    *,
    audio: bool = False,
    seconds: float = 0.0,
    batch: bool = False,
) -> WorstPrice | None:
    """The dearest kind of token, in the dearest tier that so long an input can reach; None when no
    list has the model. `audio`: the input has some. `seconds` are those that the call may take."""
    for key in price_lists:
        if isinstance(key, Override):
            dearest = max(key.input, key.cached_input or 0, key.cache_write or 0)
            amounts = (dearest, key.output, (key.second or 0) * Decimal(seconds))
            return WorstPrice(*(_ceiling(Decimal(one)) for one in amounts))
        if key == LOCAL:
            return WorstPrice(0, 0)
        price = _price_at(key, model, datetime.now(UTC))
        if price is not None:
            into = ["input_mtok", "cache_write_mtok", *(["input_audio_mtok"] if audio else [])]
            out = ["output_mtok", "output_reasoning_mtok"]
            part = _part(key, model, batch)
            return WorstPrice(*(_dearest(price, one, input_tokens, part) for one in (into, out)))
    return None


def _dearest(price: Any, names: Iterable[str], input_tokens: int, part: Decimal) -> int:
    found = [Decimal(0)]
    for name in names:
        one = getattr(price, name, None)
        if one is not None:
            found.append(_base(one) or Decimal(0))
            found += [tier.price for tier in getattr(one, "tiers", ()) if tier.start < input_tokens]
    return _ceiling(max(found) * part)


def _ceiling(dollars: Decimal) -> int:
    return int((dollars * _MICRO).to_integral_value(ROUND_CEILING))


def price_list_version(price_lists: Iterable[PriceList], model: str, *, batch: bool = False) -> str:
    """Which prices counted: for the ledger."""
    for key in price_lists:
        price = unit_price((key,), model)
        if price is None:
            continue
        if isinstance(key, str) and _part(key, model, batch) == HALF:
            return f"{price.source}, half by {batch_prices.source_of(key)}"
        return price.source
    return "unknown"


def cost_in_microdollars(
    price_lists: Iterable[PriceList],
    model: str,
    counts: TokenCounts | None,
    seconds: float | None = None,
    *,
    batch: bool = False,
) -> int | None:
    """What a call costs that took so many seconds, rounded half up; None when the price or what it
    counts is unknown.

    Tokens from the cache are priced as such where the list has a price for them, reasoning as
    output, and all tokens at the tier that the length of the input decides.
    """
    for key in price_lists:
        if isinstance(key, Override):
            return _cost_by(key, counts, seconds)
        if key == LOCAL:
            return 0
        price = _price_at(key, model, datetime.now(UTC))
        if price is not None:
            return _cost(price, counts, _part(key, model, batch))
    return None


def _cost_by(price: Override, counts: TokenCounts | None, seconds: float | None) -> int | None:
    if price.second is not None:
        return None if seconds is None else _micros(price.second * Decimal(seconds))
    if counts is None or counts.input_tokens is None or counts.output_tokens is None:
        return None
    read, written = counts.cached_input_tokens or 0, counts.cache_write_tokens or 0
    cached = price.input if price.cached_input is None else price.cached_input
    writing = price.input if price.cache_write is None else price.cache_write
    plain = max(counts.input_tokens - read - written, 0)
    dollars = plain * price.input + read * cached + written * writing
    return _micros((dollars + counts.output_tokens * price.output) / _MICRO)


def _cost(price: Any, counts: TokenCounts | None, part: Decimal) -> int | None:
    from genai_prices import Usage

    if counts is None or counts.input_tokens is None or counts.output_tokens is None:
        return None
    read, written = counts.cached_input_tokens or 0, counts.cache_write_tokens or 0
    usage = Usage(
        # Of a provider that counts more of its parts than of the whole, the parts are believed.
        input_tokens=max(counts.input_tokens, read + written),
        output_tokens=counts.output_tokens,
        cache_read_tokens=read,
        cache_write_tokens=written,
    )
    dollars: Decimal = price.calc_price(usage)["total_price"]
    return _micros(dollars * part)


def _micros(dollars: Decimal) -> int:
    return int((dollars * _MICRO).quantize(Decimal(1), ROUND_HALF_UP))


def _price_at(key: str, model: str, moment: datetime) -> Any:
    found = _model(key, model)
    return None if found is None else found.get_prices(moment)


@lru_cache(maxsize=1024)
def _model(key: str, model: str) -> Any:
    """The entry of a model in one list. The library's data takes 0.2 s to load, once."""
    from genai_prices.data_snapshot import get_snapshot

    name, address = (None, key) if "://" in key else (key, None)
    try:
        return get_snapshot().find_provider_model(model, None, name, address)[1]
    except LookupError:
        return None


def _base(price: Any) -> Decimal | None:
    """The price of the first tier, where there are tiers."""
    return getattr(price, "base", price)
