"""What a person can learn of budgets, and an administrator of sums."""

from colonycraft.platform.clock import now
from colonycraft.platform.operations import Access, Caller, Empty, Operation
from colonycraft.usage import budgets, rebuild
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.models import (
    BudgetLeft,
    BudgetList,
    DayDifference,
    RebuildDay,
    RebuiltDay,
    iso,
)


def list_budgets(caller: Caller, _request: Empty) -> BudgetList:
    """One read a budget and a till; none where there is no budget."""
    banks = budgets.banks(caller, None, now())
    found = whole_counts([one.path for one in banks])
    return BudgetList(
        budgets=[
            BudgetLeft(
                id=bank.budget.id,
                text=bank.budget.text,
                who=bank.budget.who.setting,
                unit=bank.budget.unit,
                period=bank.budget.period,
                models=bank.budget.models,
                hard=bank.budget.hard,
                limit=bank.budget.limit,
                used=settled,
                reserved=reserved,
                renews_at=iso(bank.span.end),
            )
            for bank, (reserved, settled) in zip(banks, found, strict=True)
        ],
        time_zone=str(budgets.time_zone()),
    )


def rebuild_day(_caller: Caller, request: RebuildDay) -> RebuiltDay:
    """Raises FailedPrecondition for a day of more entries than can be summed here."""
    comparison = rebuild.compare(request.day)
    repaired = 0
    if request.repair:
        repaired = sum(one.repair() for one in comparison.differences)
        for hour in rebuild.hours_of_day(request.day):
            if hour.end is not None and hour.end <= now():
                rebuild.roll_up(hour)
    return RebuiltDay(
        day=request.day,
        entries=comparison.entries,
        differences=[
            DayDifference(
                owner_id=one.day.uid,
                model=one.day.model,
                feature=one.day.feature,
                name=name,
                ledger=one.day.sums[name],
                stored=(one.stored.data or {}).get(name, 0),
            )
            for one in comparison.differences
            for name in one.lacks
        ],
        moving=comparison.moving,
        repaired=repaired,
    )


OPERATIONS = (
    Operation(
        name="budgets.list",
        summary="The budgets that concern the caller, and what is used of each.",
        handler=list_budgets,
        input=Empty,
        output=BudgetList,
    ),
    Operation(
        name="usage.rebuild",
        summary="Compares a day's sums with the ledger, and puts right what differs.",
        handler=rebuild_day,
        input=RebuildDay,
        output=RebuiltDay,
        access=Access.ADMINISTRATOR,
        example={"day": "2026-11-27"},
    ),
)
