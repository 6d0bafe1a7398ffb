"""Which models their providers answer for half of the price where the answer may wait a day.

`batch_prices.json` tells them by price list, with the date and the source; `*` is all of a list.
"""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

WHOLE, HALF = Decimal(1), Decimal("0.5")


def is_halved(price_list: str, model: str) -> bool:
    names = _halved().get(price_list, frozenset())
    return model in names or "*" in names


def source_of(price_list: str) -> str:
    """Who says so."""
    return _data()["sources"][price_list]


@cache
def _data() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("batch_prices.json").read_text("utf-8"))


@cache
def _halved() -> dict[str, frozenset[str]]:
    return {name: frozenset(models) for name, models in _data()["half"].items()}
