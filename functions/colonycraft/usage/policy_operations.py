"""What an administrator can do: see how far each budget is used, and change what holds."""

from collections.abc import Sequence

from colonycraft.errors import ChangedMeanwhile, ColonyCraftError
from colonycraft.platform import log
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import (
    AlreadyThere,
    GuardLost,
    Query,
    Snapshot,
    Where,
    database,
)
from colonycraft.platform.operations import Access, Caller, Empty, Operation
from colonycraft.usage import spending
from colonycraft.usage.budgets import Bank, Budget, time_zone
from colonycraft.usage.counts import ALERTS, sums_of
from colonycraft.usage.models import iso
from colonycraft.usage.policy_models import (
    BudgetRule,
    BudgetState,
    CacheTime,
    PeoplePast,
    PolicyRules,
    PolicyView,
    SavePolicy,
    UnknownPrice,
)
from colonycraft.usage.saved_policy import SavedPolicy, read_policy, write_policy
from colonycraft.usage.spending import SpendingPolicy
from colonycraft.usage.teller import teller

MOST_PEOPLE = 50
"""That are read of a budget of each person."""


def get_policy(_caller: Caller, _request: Empty) -> PolicyView:
    """One read, one a shared budget and a till of it, and for a budget of each person one for each
    who is past 80 per cent, at least one and at most `MOST_PEOPLE`."""
    return _view(read_policy()())


def save_policy(caller: Caller, request: SavePolicy) -> PolicyView:
    """Holds at once here and for what all share, and within `spending.KNOWN_FOR` seconds elsewhere.
    The same request again changes nothing. Raises ChangedMeanwhile."""
    before = read_policy()()
    if before.revision == request.version + 1 and before.rules == request.rules:
        return _view(before)
    if before.revision != request.version:
        raise _changed_meanwhile(before)
    was = spending.of_settings().with_saved(before)
    try:
        after = write_policy(caller, before, request.rules)
    except (AlreadyThere, GuardLost) as error:
        raise _changed_meanwhile(read_policy()()) from error
    holds = spending.learn(after)
    _log(caller, was, holds)
    _tell_counts(was, holds)
    return _view(after)


def _changed_meanwhile(found: SavedPolicy) -> ChangedMeanwhile:
    who, version = found.changed_by, found.revision
    if who is None:
        return ChangedMeanwhile("policy-changed-by-somebody", version=version)
    return ChangedMeanwhile("policy-changed", name=who, version=version)


def _tell_counts(was: SpendingPolicy, holds: SpendingPolicy) -> None:
    """What all share holds from now on in every process; the rest when they have read it."""
    at = now()
    for budget in holds.budgets:
        if budget.who.shared and budget not in was.budgets:
            try:
                teller.change(holds.bank_of(budget, "", at))
            except ColonyCraftError as error:
                log.error("a count was not told of its new budget", error, budget=budget.id)


def _log(caller: Caller, was: SpendingPolicy, holds: SpendingPolicy) -> None:
    before, after = ({one.id: one for one in policy.budgets} for policy in (was, holds))
    log.info(
        "the spending policy was changed",
        uid=caller.uid,
        correlationId=caller.correlation_id,
        revision=holds.revision,
        added=_ids([after[id] for id in after.keys() - before.keys()]),
        removed=_ids([before[id] for id in before.keys() - after.keys()]),
        changed=_ids([one for id, one in after.items() if id in before and before[id] != one]),
        unknownPrice=holds.unknown_price,
        cacheSeconds=None if holds.cache is None else int(holds.cache.total_seconds()),
        cacheOnRequest=holds.cache_on_request,
        keys=holds.keys,
        batchSummaries=holds.batch_summaries,
    )


def _ids(found: Sequence[Budget]) -> str:
    """With limits; an id has no name of a group or person in it."""
    texts = (f"{one.id}={one.limit}{'' if one.hard else ' warn'}" for one in found)
    return ", ".join(sorted(texts))


def _view(saved: SavedPolicy) -> PolicyView:
    setting = spending.of_settings()
    holds = setting.with_saved(saved)
    at = now()
    banks = {one.id: holds.bank_of(one, "", at) for one in holds.budgets}
    shared = [one for one in banks.values() if one.budget.who.shared]
    stored = database().get_all([one.path for one in shared]) if shared else []
    counts = dict(zip((one.path for one in shared), zip(stored, sums_of(stored), strict=True),
                      strict=True))  # fmt: skip
    people = {id: people_past(bank) for id, bank in banks.items() if not bank.budget.who.shared}

    def state(budget: Budget, fixed: bool) -> BudgetState:
        bank = banks[budget.id]
        found, sums = counts.get(bank.path, (None, None))
        return BudgetState(
            id=budget.id,
            text=budget.text,
            rule=BudgetRule.of(budget),
            fixed=fixed,
            holds=bank.budget == budget,
            renews_at=iso(bank.span.end),
            used=None if sums is None else sums[1],
            reserved=None if sums is None else sums[0],
            alerts=_alerts(found),
            people=people.get(budget.id),
        )

    return PolicyView(
        version=saved.revision,
        rules=saved.rules,
        setting=PolicyRules(
            budgets=[BudgetRule.of(one) for one in setting.budgets],
            unknown_price=UnknownPrice(micros=setting.unknown_price),
            cache=CacheTime(seconds=0 if setting.cache is None
                            else int(setting.cache.total_seconds()),
                            on_request=setting.cache_on_request),
        ),
        budgets=[
            *(state(one, True) for one in setting.budgets),
            *(state(one.budget(), False) for one in saved.rules.budgets),
        ],
        time_zone=str(time_zone()),
        changed_by=saved.changed_by,
        changed_at=iso(saved.changed_at),
    )  # fmt: skip


def _alerts(stored: Snapshot | None) -> list[int]:
    return [] if stored is None or stored.data is None else list(stored.data["alerts"])


def people_past(bank: Bank) -> PeoplePast | None:
    """None where nobody can be near: of answers at once, and of a budget of nothing."""
    budget, start = bank.budget, bank.span.start
    if budget.unit == "answers" or budget.limit == 0:
        return None
    found = database().query(
        Query(
            "budgets",
            where=(
                Where("budget", "==", budget.id),
                Where("alerts", "array-contains", ALERTS[1]),
                *(() if start is None else (Where("start", "==", start),)),
            ),
            limit=MOST_PEOPLE,
            fields=("reserved", "settled"),
        )
    )
    used = [data["reserved"] + data["settled"] for one in found if (data := one.data)]
    over = sum(one >= budget.limit for one in used)
    near = sum(one * 100 >= budget.limit * ALERTS[1] for one in used) - over
    return PeoplePast(near=near, over=over, more=len(found) == MOST_PEOPLE)


OPERATIONS = (
    Operation(
        name="policy.get",
        summary="What holds for spending, what of it can be changed, and how far it is used.",
        handler=get_policy,
        input=Empty,
        output=PolicyView,
        access=Access.ADMINISTRATOR,
    ),
    Operation(
        name="policy.save",
        summary="Sets budgets, the price of models without one, the cache, keys and summaries.",
        handler=save_policy,
        input=SavePolicy,
        output=PolicyView,
        access=Access.ADMINISTRATOR,
        example={
            "version": 0,
            "rules": {
                "budgets": [
                    {
                        "whom": "person",
                        "name": "ada@example.com",
                        "shared": True,
                        "limit": 5_000_000,
                        "unit": "USD",
                        "period": "day",
                    }
                ]
            },
        },
    ),
)
