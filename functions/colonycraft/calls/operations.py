"""What a caller can do with models directly: list them, and ask through a proxy."""

from colonycraft import keys
from colonycraft.calls.catalogue import list_models
from colonycraft.calls.models import ModelList, ProxyEvent, ProxyRequest, ProxyResult
from colonycraft.calls.proxies import proxy
from colonycraft.llm import BUILT_IN
from colonycraft.platform.operations import Caller, Empty, Operation

MAX_PROXY_BODY = 30 * 1024 * 1024
"""Images and documents come as base64; the platform takes 32 MB."""


def models_list(caller: Caller, _request: Empty) -> ModelList:
    """With a key, the models that it is for."""
    found, key = list_models(), keys.key_of(caller)
    if key is None:
        return found
    models = [one for one in found.models if key.is_for(one.id)]
    ids = [one.id for one in models]
    default = found.default_model if found.default_model in ids else next(iter(ids), None)
    return found.model_copy(update={"models": models, "default_model": default})


OPERATIONS = (
    Operation(
        name="models.list",
        summary="The models that can be chosen here, and why a connection offers none.",
        handler=models_list,
        input=Empty,
        output=ModelList,
        by_key=True,
    ),
    *(
        Operation(
            name=one.id,
            summary=f"Asks a model of {one.name}. Stateless: nothing is stored.",
            handler=proxy(one.id),
            input=ProxyRequest,
            output=ProxyResult,
            event=ProxyEvent,
            by_key=True,
            function=one.id,
            timeout=300,
            max_body=MAX_PROXY_BODY,
            example={
                "model": one.example_model,
                "messages": [{"role": "user", "content": "Hello"}],
            },
        )
        for one in BUILT_IN
    ),
)
