"""What a person can learn of budgets, and an administrator of sums."""

from functools import reduce

from colonycraft.platform.clock import now
from colonycraft.platform.identity import Account, accounts
from colonycraft.platform.operations import Access, Caller, Empty, Operation
from colonycraft.usage import budgets, rebuild, reconcile, rollups, spending
from colonycraft.usage.counts import whole_counts
from colonycraft.usage.days import SUMMED
from colonycraft.usage.exports import Kind, read_export
from colonycraft.usage.models import (
    BudgetLeft,
    BudgetList,
    DayDifference,
    Figures,
    NamedPerson,
    RebuildDay,
    RebuiltDay,
    ReconciledLine,
    ReconcileExport,
    Reconciliation,
    SummarizeUsage,
    UsageGroup,
    UsageSummary,
    UsageSums,
    iso,
)
from colonycraft.usage.reconcile import Use
from colonycraft.usage.rollups import NOTHING, Numbers, plus
from colonycraft.usage.summaries import Wanted, summarize

MAX_EXPORT_BODY = 5 * 1024 * 1024
"""Bytes: a report's quotation marks are escaped."""
MOST_GROUPS = MOST_NAMES = 100
"""Whose names are asked for at once."""


def list_budgets(caller: Caller, _request: Empty) -> BudgetList:
    """One read a budget and a till; none where there is no budget."""
    banks = spending.banks(caller, None, now())
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
        cache=spending.policy().cache_is_for,
    )


def rebuild_day(_caller: Caller, request: RebuildDay) -> RebuiltDay:
    """Raises FailedPrecondition for a day of more entries than can be summed here."""
    comparison = rebuild.compare(request.day)
    repaired = 0
    if request.repair:
        repaired = sum(one.repair() for one in comparison.differences)
        rollups.roll_up_day(request.day)
    return RebuiltDay(
        day=request.day,
        entries=comparison.entries,
        differences=[
            DayDifference(
                owner_id=one.day.uid,
                model=one.day.model,
                feature=one.day.feature,
                key_id=one.day.key,
                name=name,
                ledger=one.day.sums[name],
                stored=(one.stored.data or {}).get(name, 0),
            )
            for one in comparison.differences
            for name in one.lacks
        ],
        people=_people({one.day.uid for one in comparison.differences}),
        moving=comparison.moving,
        repaired=repaired,
    )


def summarize_usage(_caller: Caller, request: SummarizeUsage) -> UsageSummary:
    """Raises InvalidArgument for a period that is wrong or too long, FailedPrecondition for more
    than can be summed of one person, Unavailable."""
    found = summarize(
        Wanted(
            request.first_day,
            request.last_day,
            request.by,
            request.person,
            request.model,
            request.provider,
            request.feature,
            request.key,
        )
    )
    ordered = found.ordered()
    shown, others = ordered[:MOST_GROUPS], ordered[MOST_GROUPS:]
    uids = {key for key, _ in shown} if request.by == "person" else set[str]()
    return UsageSummary(
        as_of=found.as_of.isoformat(),
        groups=[UsageGroup(key=key, **_fields(numbers)) for key, numbers in shown],
        others=UsageSums(**_fields(reduce(plus, (numbers for _, numbers in others), NOTHING))),
        other_groups=len(others),
        total=UsageSums(**_fields(found.total)),
        looked_up=found.looked_up,
        models=sorted(found.models),
        features=sorted(found.features),
        people=_people(uids | ({request.person} if request.person else set())),
    )


def _fields(numbers: Numbers) -> dict[str, int]:
    return dict(zip(SUMMED, numbers, strict=True))


def _people(uids: set[str]) -> list[NamedPerson]:
    wanted = sorted(uids)[:MOST_NAMES]
    known = accounts(wanted) if wanted else {}
    nobody = Account(None, None)
    return [
        NamedPerson(id=uid, name=one.name, email=one.email)
        for uid in wanted
        for one in (known.get(uid, nobody),)
    ]


def reconcile_export(_caller: Caller, request: ReconcileExport) -> Reconciliation:
    """Raises InvalidArgument, which says where the text is wrong, FailedPrecondition for more days
    than can be compared at once."""
    export = read_export(request.text)
    found = reconcile.reconcile(export, request.connection or export.provider)
    ours, theirs = Use(), Use()
    for line in found.lines:
        ours.add(line.ours)
        theirs.add(line.theirs)
    lines = [
        ReconciledLine(
            day=line.day,
            model=line.model,
            ours=_figures(line.ours),
            theirs=_figures(line.theirs, export.kind),
            difference=_difference(line.ours, line.theirs, export.kind),
        )
        for line in found.lines
    ]
    return Reconciliation(
        provider=export.provider,
        kind=export.kind,
        complete=export.complete,
        lines=lines,
        ours=_figures(ours),
        theirs=_figures(theirs, export.kind),
        difference=_difference(ours, theirs, export.kind),
    )


def _figures(use: Use, kind: Kind | None = None) -> Figures:
    """`kind` says what of it is known; None: all."""
    return Figures(
        micros=None if kind == "usage" else use.micros,
        input_tokens=None if kind == "costs" else use.input_tokens,
        output_tokens=None if kind == "costs" else use.output_tokens,
    )


def _difference(ours: Use, theirs: Use, kind: Kind) -> Figures:
    less = Use(
        ours.micros - theirs.micros,
        ours.input_tokens - theirs.input_tokens,
        ours.output_tokens - theirs.output_tokens,
    )
    return _figures(less, kind)


OPERATIONS = (
    Operation(
        name="budgets.list",
        summary="The budgets that concern the caller, what is used of each, and the cache.",
        handler=list_budgets,
        input=Empty,
        output=BudgetList,
    ),
    Operation(
        name="usage.summarize",
        summary="What everybody used, by day, person, model, provider, feature or key.",
        handler=summarize_usage,
        input=SummarizeUsage,
        output=UsageSummary,
        access=Access.ADMINISTRATOR,
        example={"firstDay": "2026-11-01", "lastDay": "2026-11-27", "by": "person"},
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
    Operation(
        name="usage.reconcile",
        summary="Compares a provider's report of use or costs with ours, by day and model.",
        handler=reconcile_export,
        input=ReconcileExport,
        output=Reconciliation,
        access=Access.ADMINISTRATOR,
        max_body=MAX_EXPORT_BODY,
        example={"text": "usage_date_utc,model,cost_usd\n2026-11-27,Claude Haiku 4.5,0.05\n"},
    ),
)
