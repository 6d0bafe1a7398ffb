"""What a connection has: asked of its server, within a short time."""

import threading

from colonycraft.errors import ConnectionFailed, DeadlineExceeded, ProviderError
from colonycraft.llm.adapter import Adapter
from colonycraft.llm.call import line_pool
from colonycraft.llm.catalogue import ModelFacts, describe, known_models
from colonycraft.llm.port import Connection, ListedModel
from colonycraft.llm.registry import adapter_for
from colonycraft.llm.transport import LinePool


def list_models(connection: Connection, seconds: float = 5.0) -> list[ListedModel]:
    """The models that the server names, with what it says about each.

    Raises `ProviderError`: `DeadlineExceeded` when it takes longer than `seconds`.
    """
    adapter = adapter_for(connection.adapter)
    pool = line_pool(adapter, connection)
    try:
        return _ask(adapter, pool, seconds)
    except _ClosedMeanwhile:
        return _ask(adapter, pool, seconds)


class _ClosedMeanwhile(ConnectionFailed):
    """A kept connection broke: the server may have closed it, as idle, just as it was used again.
    Asking for a list twice does no harm, and it opens another."""


def _ask(adapter: Adapter, pool: LinePool, seconds: float) -> list[ListedModel]:
    with adapter.errors():
        line = pool.take()
    watchdog = threading.Timer(seconds, line.switch.throw)
    watchdog.daemon = True
    watchdog.start()
    try:
        with adapter.errors():
            return adapter.list_models(line.client)
    except ProviderError as exc:
        if line.switch.thrown:
            raise DeadlineExceeded("provider-silent") from exc
        if line.was_kept and isinstance(exc, ConnectionFailed):
            raise _ClosedMeanwhile.of(exc) from exc
        raise
    finally:
        watchdog.cancel()
        pool.give_back(line)


def offered_models(connection: Connection, seconds: float = 5.0) -> list[ModelFacts]:
    """The models to choose from at a connection: those that can chat, described.

    Where a vendor's own listing fails, the catalogue's models stand in; where a server of one's own
    cannot be asked, the `ProviderError` is raised.
    """
    try:
        listed = list_models(connection, seconds)
    except ProviderError:
        known = known_models(connection.adapter) if connection.base_url is None else []
        if not known:
            raise
        return known
    return [describe(connection, model.name, model) for model in listed if model.chat is not False]
