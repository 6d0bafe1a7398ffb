"""What a person can learn of budgets: which concern them, and what is left."""

from colonycraft.platform.clock import now
from colonycraft.platform.operations import Caller, Empty, Operation
from colonycraft.usage import budgets
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.models import BudgetLeft, BudgetList, iso


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


OPERATIONS = (
    Operation(
        name="budgets.list",
        summary="The budgets that concern the caller, and what is used of each.",
        handler=list_budgets,
        input=Empty,
        output=BudgetList,
    ),
)
