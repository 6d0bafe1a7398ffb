"""What holds for spending in a test, instead of what is saved in the database that tests share."""

from dataclasses import replace
from typing import Any

import pytest

from colonycraft.usage import spending
from colonycraft.usage.budgets import read_budgets


def hold(patch: pytest.MonkeyPatch, budgets: str | None = None, **changes: Any) -> None:
    """From now on this holds (`budgets` as the setting has them), and what held of the rest."""
    if budgets is not None:
        changes["budgets"] = read_budgets(budgets)
    held = replace(spending.policy(), **changes)
    patch.setattr(spending, "policy", lambda: held)
