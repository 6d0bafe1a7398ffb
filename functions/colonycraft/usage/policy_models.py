"""What an administrator sets for spending, as it crosses the door and as it is stored."""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from colonycraft.platform.operations import ROLES, Model, Role
from colonycraft.usage.budgets import LARGEST, Budget, Unit, Whom
from colonycraft.usage.periods import Period

MOST_BUDGETS = 50
LONGEST_KEPT = 366 * 86_400
"""Seconds."""
_GROUP = re.compile(r"[^\s:;,@]{1,64}")
_EMAIL = re.compile(r"[^\s:;,@]{1,64}@[^\s:;,@]{1,189}")
_ROLES: dict[str, Role] = {one: one for one in ROLES}


class BudgetRule(Model):
    """`whom`: all, those of a role, of a group, or one person; `name` is the role, the group, or
    that person's e-mail. `shared`: one budget for all of them, else one for each. `limit` is in
    micro-dollars, tokens, requests, or answers at once, which have the period `ever`. `models` is a
    pattern for connection/model; `hard` False only warns."""

    whom: Literal["everyone", "role", "group", "person"]
    name: Annotated[str, Field(max_length=254)] | None = None
    shared: bool
    limit: Annotated[int, Field(ge=0, le=LARGEST)]
    unit: Unit
    period: Period
    models: Annotated[str, Field(pattern=r"^[!-~]{1,200}$")] = "*"
    hard: bool = True

    @model_validator(mode="after")
    def _means_something(self) -> "BudgetRule":
        name = self.name
        match self.whom:
            case "everyone":
                named = name is None
            case "role":
                named = name in _ROLES
            case "group":
                named = name is not None and _GROUP.fullmatch(name) is not None
            case "person":
                named = name is not None and _EMAIL.fullmatch(name) is not None
        if not named:
            raise ValueError(f"{self.whom} has no such name")
        if self.whom == "person" and not self.shared:
            raise ValueError("one person has one budget")
        if self.unit == "answers" and self.period != "ever":
            raise ValueError("answers at once have no period")
        return self

    def budget(self) -> Budget:
        name = self.name or ""
        who = Whom(
            self.shared,
            _ROLES.get(name) if self.whom == "role" else None,
            name if self.whom == "group" else None,
            name.lower() if self.whom == "person" else None,
        )
        return Budget(who, self.limit, self.unit, self.period, self.models, self.hard)

    @classmethod
    def of(cls, budget: Budget) -> "BudgetRule":
        who = budget.who
        found = (("person", who.email), ("group", who.group), ("role", who.role))
        whom, name = next((one for one in found if one[1] is not None), ("everyone", None))
        return cls.model_construct(
            whom=whom,
            name=name,
            shared=who.shared,
            limit=budget.limit,
            unit=budget.unit,
            period=budget.period,
            models=budget.models,
            hard=budget.hard,
        )


class UnknownPrice(Model):
    """Micro-dollars that an attempt at a model of unknown price is charged; None: it is refused
    where dollars are counted."""

    micros: Annotated[int, Field(ge=0, le=LARGEST)] | None


class CacheTime(Model):
    """How long whole answers are kept; 0: not at all. `on_request`: only of requests, and in
    conversations, that ask for it."""

    seconds: Annotated[int, Field(ge=0, le=LONGEST_KEPT)]
    on_request: bool = False


class PolicyRules(Model):
    """What administrators have decided; None leaves it to the deployment's setting. `keys`: those
    that people make for programs work. `summaries` of long conversations are made at once, or in
    batches, where their models cost half in one."""

    budgets: Annotated[list[BudgetRule], Field(max_length=MOST_BUDGETS)]
    unknown_price: UnknownPrice | None = None
    cache: CacheTime | None = None
    keys: bool = True
    summaries: Literal["at-once", "batch"] = "at-once"

    @model_validator(mode="after")
    def _one_for_each_purpose(self) -> "PolicyRules":
        ids = [one.budget().id for one in self.budgets]
        if len(set(ids)) < len(ids):
            raise ValueError("two budgets are for the same people, unit, period and models")
        return self


class SavePolicy(Model):
    """`version` is the one that was read, so that nobody's changes are written over."""

    version: Annotated[int, Field(ge=0, le=LARGEST)]
    rules: PolicyRules


class PeoplePast(Model):
    """Of a budget of each person, how many have used 80 per cent in this period, and how many all,
    as of their last calls. `more`: there are others beside those counted."""

    near: int
    over: int
    more: bool


class BudgetState(Model):
    """A budget in its present period. `fixed`: by the deployment's setting. `holds` False: another
    for the same is stricter. `used`, `reserved` and `alerts` (per cents that were reached) are of a
    shared one, `people` is of one of each; `renews_at` (ISO 8601) None: never."""

    id: str
    text: str
    rule: BudgetRule
    fixed: bool
    holds: bool
    renews_at: str | None
    used: int | None
    reserved: int | None
    alerts: list[int]
    people: PeoplePast | None


class PolicyView(Model):
    """`rules` is what was saved, `setting` what the deployment says of the same; `budgets` has
    those of both. `changed_by` and `changed_at` (ISO 8601) tell of the last change."""

    version: int
    rules: PolicyRules
    setting: PolicyRules
    budgets: list[BudgetState]
    time_zone: str
    changed_by: str | None
    changed_at: str | None
