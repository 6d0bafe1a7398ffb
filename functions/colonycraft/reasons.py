"""Why something fails: a name that stays, for programs, and a text of it in English.

A text names its parameters in braces, each with its kind. The web app has words of its own for each
reason, in every language; `make contract` tells it of this table.
"""

from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any, Literal, TypedDict

from pydantic.alias_generators import to_camel

type Details = dict[str, Any]
"""`reason` and its parameters, in camel case, as they cross the door."""


FieldKind = Literal[
    "missing", "unknown", "too-short", "too-long", "too-small", "too-large", "invalid"
]


class FieldProblem(TypedDict):
    """A field of a request, what is wrong with it in English, and of which kind that is; `limit` is
    the most or the least that it may be."""

    field: str
    problem: str
    kind: FieldKind
    limit: float | None


class BudgetRefusal(TypedDict):
    """A budget that refuses, as `BudgetLeft` has it. `state`: all of it is used, less is left than
    is asked for, or the rest is held by answers that are being written. `raisedBy`: who can."""

    text: str
    who: str
    limit: int
    unit: Literal["USD", "tokens", "requests", "answers"]
    period: Literal["minute", "hour", "day", "week", "month", "ever"]
    models: str
    left: int
    renewsAt: str | None
    state: Literal["used-up", "short", "held"]
    raisedBy: Literal["administrator", "deployment", "nobody"]


KINDS: dict[str, Callable[[Any], str] | None] = {
    "name": str,
    "count": lambda count: f"{count:,}",
    "seconds": lambda seconds: f"{seconds} s",
    "duration": lambda seconds: _duration(seconds),
    "day": str,
    "budget": lambda budget: budget["text"],
    "id": None,
    "revision": None,
    "fields": None,
}
"""How English has a kind; None: it is only for programs. `count`, `seconds`, `duration` (in
seconds) and `revision` are whole numbers, a `day` is a date (ISO 8601), `budget` is a
BudgetRefusal, `fields` are FieldProblems; others are texts."""

REASONS: dict[str, str] = {
    # The door.
    "internal": "Something went wrong on our side. Nothing was lost; try again.{correlation_id:id}",
    "invalid-fields": "The request is not valid.{fields:fields}",
    "request-malformed": "The request cannot be read.",
    "request-too-large": "The request is too large: at most {most:count} KiB.",
    "request-too-many-values": "The request has too many values.",
    "request-with-nul": "The request contains a NUL character, which cannot be stored.",
    "no-such-operation": "There is no such operation.",
    "administrators-only": "Only an administrator of this workspace can do this.",
    "signed-out": "Sign in first.",
    "sign-in-over": "Sign in again: this sign-in is not valid any more.",
    "sign-in-unchecked": "Sign-in cannot be checked right now. Try again.",
    "not-the-app": "This request does not come from the app.",
    "account-gone": "The account that this is for is gone, or disabled.",
    "account-unchecked": "Accounts cannot be checked right now. Try again.",
    "names-unknown": "The names of people cannot be had right now. Try again.",
    "database-away": "The database did not answer. Try again.",
    "not-a-task": "Only this project's own tasks are done here.",
    "request-id-reused": "This request id has been used for something else.",
    "contended": "This is being changed from several places. Try again.",
    "setting-wrong": "A setting of this workspace is wrong.",
    # Keys.
    "key-may-not": "A key cannot do this. Sign in.",
    "key-unknown": "This key is not known here. Check that it was copied whole.",
    "key-gone": "This key is gone.",
    "key-revoked": "This key was revoked.",
    "key-expired": "This key has expired. Make another one.",
    "key-missing": "There is no such key.",
    "key-not-for-model": "This key is not for this model.{model:id}",
    "key-made-already": "This request has made a key already, and a key is shown once. Revoke it, "
    "and make another.",
    "keys-full": "You have {most:count} keys, the most there can be. Revoke one.",
    "keys-off": "Keys are switched off in this workspace.",
    "keys-not-for-guests": "Guests cannot make keys. Sign in with an account.",
    # Conversations and folders.
    "conversation-missing": "This conversation does not exist, or is not yours.",
    "conversation-id-used": "There is a conversation with this id already.",
    "id-used": "This id is in use already.",
    "folder-missing": "This folder does not exist, or is not yours.",
    "folders-full": "You have {most:count} folders, the most there can be.",
    "message-missing": "There is no such message in this conversation.",
    "question-missing": "There is no such question in this conversation.",
    "answer-missing": "There is no such answer in this conversation.",
    "branch-missing": "This branch does not exist.",
    "branches-full": "This conversation has {most:count} branches, the most that it can have. Copy "
    "the path that you want to go on with into a new conversation.",
    "pins-full": "{most:count} messages are pinned here, the most there can be.",
    "nothing-summed-up": "Nothing has been summed up here yet.",
    "too-long-to-copy": "This conversation has {count:count} messages; up to {most:count} can be "
    "copied at once.",
    # Turns.
    "question-too-long": "This question is too long for the model: about {needed:count} tokens "
    "with what goes before it, and {room:count} fit. Shorten it, or choose a model with a larger "
    "window.{fields:fields}",
    "run-missing": "There is no such answer, or it is not yours.",
    "run-active": "An answer is still being written here.{run_id:id}",
    "run-lost": "The answer was interrupted on our side. What had come is kept; you can continue "
    "it.",
    "run-restarted": "The server was restarted while it was answering.",
    "run-broken": "Something went wrong on our side. Ask again.",
    "answer-complete": "This answer is complete.",
    "answer-not-last": "Only the last answer of a branch can be continued.",
    "answer-too-long": "The answer grew too long to be stored and was cut.",
    "answer-not-stored": "The answer could not be stored. Copy it before you leave this page.",
    "conversation-deleted": "This conversation was deleted meanwhile.",
    "answer-empty": "The model answered with nothing. Ask again.",
    "answer-at-limit": "The answer reached the longest that was allowed and is cut off.",
    "answer-filtered": "The provider's content filter cut the answer off.",
    "answer-paused": "The provider paused before the answer was whole.",
    "answer-queued": "The provider has queued the request; there is no answer yet.",
    "answer-cut": "The connection to the provider ended before the answer was whole.",
    "comparison-full": "At most {most:count} answers to one question can be compared at once.",
    "not-a-comparison": "A comparison begins with the question: this one was asked of one model.",
    "queue-full": "{most:count} questions wait here already.",
    "queue-empty": "Nothing waits here.",
    "not-waiting": "This question does not wait any more.",
    "answered-already": "This question is being answered already.",
    # Calls of models.
    "model-missing": "There is no model called {model:name}.",
    "model-limited": "{model:name}: the provider's rate limit is reached. It can be asked again in "
    "{seconds:seconds}.",
    "model-in-trouble": "{model:name} has been in trouble for {since:duration}.",
    "model-rests": "{model:name} has been in trouble for {since:duration}. It can be asked again "
    "in {seconds:seconds}.",
    "connection-without-key": "{connection:name} has no key here. Put {secret:name} into the "
    "project's secrets.",
    "connection-without-local-key": "{connection:name} has no key here. Put {secret:name} into "
    "functions/.secret.local.",
    "connection-without-address": "{connection:name} has no address where its models are listed.",
    "unsupported": "The model cannot do what was asked.{feature:id}",
    "request-contradictory": "The request contradicts itself.",
    "too-many-to-embed": "At most {most:count} texts can be embedded at once.",
    "text-not-to-embed": "A text to embed has from 1 to {most:count} bytes.",
    "call-stopped": "The call was stopped.",
    "late-first-token": "The model did not begin to answer in time.",
    "late-idle": "The model stopped in the middle of its answer.",
    "late-total": "The answer took longer than is allowed.",
    # Providers.
    "provider-key-refused": "The provider refused the key. Whoever runs this workspace can replace "
    "it.",
    "provider-key-without-access": "The provider gives this key no access. Whoever runs this "
    "workspace can replace it.",
    "provider-quota": "There is no quota or money left at the provider.",
    "provider-limit": "The provider's rate limit is reached.",
    "provider-busy": "The provider is overloaded or failing.",
    "provider-without-model": "The provider does not have this model.",
    "provider-without-memory": "The model needs more memory than its server has.",
    "provider-without-feature": "The model does not support {feature:name}.",
    "provider-context": "The request is longer than the model can take.",
    "provider-filter": "The provider's content policy refused the request.",
    "provider-rejected": "The provider does not accept this request.",
    "provider-address": "The provider's address does not serve this; check the base address.",
    "provider-unreachable": "The provider could not be reached.",
    "provider-broke": "The connection to the provider broke.",
    "provider-silent": "The provider was silent for too long.",
    "provider-unclear": "The provider's answer could not be understood.",
    # Money.
    "budget-used-up": "The budget of {budget:budget} has not enough left for this.",
    "answers-at-once": "{budget:budget} is the most here, and so many are being written. Wait for "
    "one of them to end.",
    "budget-contended": "This budget is asked for from too many places. Try again.",
    "ledger-not-written": "The ledger was not written. Try again.",
    "price-unknown": "The price of {title:name} is not known here, and a budget in dollars holds. "
    "Choose another model; an administrator of this workspace can allow it.{model:id}",
    "policy-changed": "{name:name} has changed the budgets meanwhile. Look at what holds now, and "
    "save again.{version:revision}",
    "policy-changed-by-somebody": "Somebody else has changed the budgets meanwhile. Look at what "
    "holds now, and save again.{version:revision}",
    "policy-away": "What may be spent here cannot be read right now. Try again.",
    "days-wrong": "Ask for 1 to {most:count} days, the first of them first.",
    "sums-not-made": "These sums are being made. Try again in a minute.",
    "sums-being-made": "These sums are being made by somebody else. Try again.",
    "sums-too-many": "This is more than can be summed at once: ask for fewer days.",
    "day-too-large": "{day:day} has more than {most:count} sums: too many to be rolled up.",
    "entries-too-many": "This is more than {most:count} entries: too many to be summed here.",
    # Reports of providers.
    "report-days": "This is more than {most:count} days: export fewer.",
    "report-sums": "We have more than {most:count} sums of these days: too many to be compared. "
    "Export fewer days.",
    "report-rows": "This has more than {most:count} rows: export fewer days.{fields:fields}",
    "report-currency": "Line {line:count}: only amounts in USD can be compared.{fields:fields}",
    "report-page-currency": "Page {page:name}: only amounts in USD can be compared.{fields:fields}",
    "report-not-json": "Line {line:count}: this is not JSON.{fields:fields}",
    "report-unreadable": "This is JSON that cannot be read.{fields:fields}",
    "report-page": "Page {page:name}: this is not as it should be.{fields:fields}",
    "report-no-buckets": "There are no buckets in this: it should be what the API answers, "
    '{{"data": [...]}}, or a list of such pages.{fields:fields}',
    "report-not-csv": "Line {line:count}: this is not CSV.{fields:fields}",
    "report-columns": "Line {line:count}: {found:count} columns, where the first line has "
    "{wanted:count}.{fields:fields}",
    "report-column-twice": "Line 1: a column is there twice.{fields:fields}",
    "report-unknown": "Line 1: these are not the columns of a report of OpenAI (start_time with "
    "amount_value or input_tokens) or Anthropic (usage_date_utc with cost_usd or "
    "usage_output_tokens).{fields:fields}",
    "report-no-time": "Line {line:count}: start_time is no time in seconds.{fields:fields}",
    "report-no-amount": "Line {line:count}: this is no amount.{fields:fields}",
    "report-no-count": "Line {line:count}: this is no count.{fields:fields}",
    "report-no-date": "Line {line:count}: this is no date.{fields:fields}",
}


def parameters_of(reason: str) -> dict[str, str]:
    """Their names and kinds. Raises KeyError for what is no reason."""
    return {name: kind or "" for _, name, kind, _ in Formatter().parse(REASONS[reason]) if name}


def details_of(reason: str, parameters: Mapping[str, Any]) -> Details:
    return {"reason": reason, **{to_camel(name): one for name, one in parameters.items()}}


def english(reason: str, parameters: Mapping[str, Any]) -> str:
    """Raises KeyError for what is no reason, or lacks a parameter."""
    return shown(reason, lambda name, said: said(parameters[name]))


def shown(reason: str, say: Callable[[str, Callable[[Any], str]], str]) -> str:
    """The text; `say` is given the name of each parameter in it, and how English has its kind."""
    return "".join(
        text + (say(name, said) if name and (said := KINDS[kind or ""]) else "")
        for text, name, kind, _ in Formatter().parse(REASONS[reason])
    )


def _duration(seconds: int) -> str:
    minutes = seconds // 60
    if minutes == 0:
        return f"{seconds} s"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
