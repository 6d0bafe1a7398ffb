"""What a connection has: asked of its server, within a short time."""

from colonycraft.errors import ConnectionFailed, ProviderError
from colonycraft.llm.call import short_call
from colonycraft.llm.catalogue import ModelFacts, describe, known_models
from colonycraft.llm.port import Connection, ListedModel
from colonycraft.llm.registry import adapter_for


def list_models(connection: Connection, seconds: float = 5.0) -> list[ListedModel]:
    """The models that the server names, with what it says about each.

    Raises `ProviderError`: `DeadlineExceeded` when it takes longer than `seconds`.
    """
    try:
        return _ask(connection, seconds)
    except _ClosedMeanwhile:
        return _ask(connection, seconds)


class _ClosedMeanwhile(ConnectionFailed):
    """A kept connection broke: the server may have closed it, as idle, just as it was used again.
    Asking for a list twice does no harm, and it opens another."""


def _ask(connection: Connection, seconds: float) -> list[ListedModel]:
    adapter = adapter_for(connection.adapter)
    with short_call(adapter, connection, seconds) as line:
        try:
            with adapter.errors():
                return adapter.list_models(line.client)
        except ConnectionFailed as exc:
            if line.was_kept and not line.switch.thrown:
                raise _ClosedMeanwhile.of(exc) from exc
            raise


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
