"""Which models can be chosen here, and what each is given: connections joined with prices."""

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from colonycraft import llm
from colonycraft.calls.breaker import OK
from colonycraft.calls.health import registry, shown
from colonycraft.calls.models import ConnectionSummary, ModelList, ModelPrice, ModelSummary
from colonycraft.calls.sharing import sharing
from colonycraft.errors import ColonyCraftError, NotConfigured, NotFound, ProviderError
from colonycraft.llm.port import Connection, ModelRequest
from colonycraft.platform import log
from colonycraft.platform.settings import settings
from colonycraft.usage import prices

LISTED_FOR = 5.0
"""Seconds that the list of a server of one's own is remembered."""
VENDORS_LISTED_FOR = 600.0
ASKED_FOR = 3.0
"""Seconds that a server has to say what it has."""
DEFAULT_WINDOW = 8_192
ANSWER_SHARE = 4
"""At least this part of a window is left to the answer."""
LARGEST_ANSWER = 32_000
FEWEST_READ, MOST_READ = 20, 200
TOKENS_A_MESSAGE = 256
"""What a message takes that is taken to be an average one, when it is not known yet."""
LOCAL_WINDOW = 4_096


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, chosen: where it is, and what a conversation with it may use. In tokens."""

    connection: Connection
    model: str
    facts: llm.ModelFacts

    @property
    def id(self) -> str:
        return f"{self.connection.id}/{self.model}"

    @property
    def local(self) -> bool:
        """A server that answers one at a time: prompts and answers are kept short."""
        return self.connection.one_at_a_time

    @property
    def answer_tokens(self) -> int:
        if self.local:
            return settings().local_answer_tokens
        window = self.facts.context_window or DEFAULT_WINDOW
        limit = self.facts.output_limit or window // ANSWER_SHARE
        return min(limit, window // ANSWER_SHARE, LARGEST_ANSWER)

    @property
    def prompt_window(self) -> int:
        """Prompt and answer together."""
        if self.local:
            return settings().local_prompt_tokens + self.answer_tokens
        return self.facts.context_window or DEFAULT_WINDOW

    @property
    def messages_read(self) -> int:
        """How many older messages are read for a prompt: about as many as fit, for each is paid
        for and waited for."""
        room = self.prompt_window - self.answer_tokens
        return min(max(FEWEST_READ, room // TOKENS_A_MESSAGE), MOST_READ)

    def bounded(self, request: ModelRequest) -> ModelRequest:
        """The request with the limits of a local server, which would run on without them."""
        if not self.local:
            return request
        limit = min(request.max_output_tokens or settings().local_answer_tokens, LOCAL_WINDOW)
        return replace(request, max_output_tokens=limit, context_window=LOCAL_WINDOW)


@cache
def connections() -> dict[str, Connection]:
    """Those of the deployed providers, by id."""
    table = llm.connections(settings().environment)
    return {name: one for name, one in table.items() if name in settings().providers}


def resolve(model_id: str) -> Choice:
    """Raises NotFound for a name that is none, NotConfigured for a connection without a key."""
    connection_id, separator, model = model_id.partition("/")
    connection = connections().get(connection_id)
    if not separator or not model or connection is None:
        raise NotFound("model-missing", model=model_id)
    if not connection.usable:
        raise _without_key(connection)
    _warm_up()
    return Choice(connection, model, llm.describe(connection, model))


@cache
def _warm_up() -> None:
    """Imports on a thread, once, what the first call to each provider would wait for."""

    def prepare() -> None:
        for connection in connections().values():
            if connection.usable:
                try:
                    llm.prepare(connection)
                except ColonyCraftError as error:
                    log.error("a provider's SDK is not ready", error, connection=connection.id)
        prices.prepare()
        # What is imported stays. Looking through it for garbage holds every thread up, by 165 ms.
        gc.freeze()

    threading.Thread(target=prepare, name="warm-up", daemon=True).start()


def price_lists(connection: Connection, model: str) -> tuple[prices.PriceList, ...]:
    """The price lists that count for a model, in their order."""
    lists = llm.price_lists(connection, model)
    return prices.with_override(lists, f"{connection.id}/{model}")


def list_models() -> ModelList:
    """Every model that can be chosen; all servers are asked at once, for `ASKED_FOR` at most."""
    table = list(connections().values())
    with ThreadPoolExecutor(max_workers=max(1, len(table))) as pool:
        offers = list(pool.map(_offer, table))
    sharing.refresh(one.id for one in table)
    models = [
        model.model_copy(update={"health": shown(registry.of_model(model.id))})
        for offer in offers
        for model in offer.models
    ]
    default = settings().default_model
    ids = [model.id for model in models]
    if default not in ids:
        default = ids[0] if ids else None
    summaries = [
        offer.summary.model_copy(update={"health": shown(registry.of_connection(offer.summary.id))})
        for offer in offers
    ]
    return ModelList(models=models, connections=summaries, default_model=default)


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a connection offers now."""

    summary: ConnectionSummary
    models: tuple[ModelSummary, ...] = ()


_remembered: dict[str, tuple[float, _Offer]] = {}
_remembered_guard = threading.Lock()


def forget() -> None:
    """Asks every server anew the next time."""
    with _remembered_guard:
        _remembered.clear()


def _offer(connection: Connection) -> _Offer:
    with _remembered_guard:
        until, offer = _remembered.get(connection.id, (0.0, None))
    if offer is not None and time.monotonic() < until:
        return offer
    offer = _ask(connection)
    kept = LISTED_FOR if connection.base_url is not None else VENDORS_LISTED_FOR
    with _remembered_guard:
        _remembered[connection.id] = (time.monotonic() + kept, offer)
    return offer


def _ask(connection: Connection) -> _Offer:
    def summary(
        state: Literal["ready", "not-configured", "away"], why: ColonyCraftError | None = None
    ) -> ConnectionSummary:
        return ConnectionSummary(
            id=connection.id,
            name=connection.name,
            state=state,
            message=None if why is None else why.message,
            details=None if why is None else why.details,
            health=shown(OK),
        )

    if settings().local and not connection.usable:
        return _Offer(summary("not-configured", _without_key(connection)))
    try:
        if not connection.usable:
            raise NotConfigured("connection-without-address", connection=connection.name)
        offered = llm.offered_models(connection, ASKED_FOR)
    except (ProviderError, NotConfigured) as error:
        # Deployed, this function holds no provider's key: what is deployed has one.
        offered = [] if settings().local else llm.known_models(connection.adapter)
        if not offered:
            return _Offer(summary("away", error))
    return _Offer(summary("ready"), tuple(_summary(connection, one) for one in offered))


def _summary(connection: Connection, facts: llm.ModelFacts) -> ModelSummary:
    price = prices.unit_price(price_lists(connection, facts.name), facts.name)
    return ModelSummary(
        id=f"{connection.id}/{facts.name}",
        connection=connection.id,
        connection_name=connection.name,
        name=facts.title,
        vision=bool(facts.vision),
        audio=bool(facts.audio),
        tools=bool(facts.tools),
        reasoning=bool(facts.reasoning),
        context_tokens=LOCAL_WINDOW if connection.one_at_a_time else facts.context_window,
        output_tokens=facts.output_limit,
        price=None
        if price is None
        else ModelPrice(
            input_micros=int(price.input * 1_000_000),
            output_micros=int(price.output * 1_000_000),
            second_micros=int((price.second or 0) * 1_000_000),
            source=price.source,
            as_of=price.date,
        ),
        health=shown(OK),
    )


def _without_key(connection: Connection) -> NotConfigured:
    secret = llm.secret_of(connection.id)
    if settings().local:
        return NotConfigured(
            "connection-without-local-key", connection=connection.name, secret=secret
        )
    return NotConfigured("connection-without-key", connection=connection.name, secret=secret)
