"""Which models can be chosen here, and what each is given: connections joined with prices."""

from dataclasses import dataclass, replace
from functools import cache

from colonycraft import llm
from colonycraft.calls.models import ConnectionSummary, ModelList, ModelSummary
from colonycraft.errors import NotConfigured, NotFound
from colonycraft.llm.port import Connection, ModelRequest
from colonycraft.platform.settings import settings

LISTED_FOR = 10.0
"""Seconds that a server's own list of models is remembered."""
DEFAULT_WINDOW = 8_192
ANSWER_SHARE = 4
"""At least this part of a window is left to the answer."""
LARGEST_ANSWER = 32_000
MESSAGES_READ = 200
LOCAL_MESSAGES_READ = 20
LOCAL_WINDOW = 4_096


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, chosen: where it is, and what a conversation with it may use. In tokens."""

    connection: Connection
    model: str
    facts: llm.ModelFacts

    @property
    def local(self) -> bool:
        """A server that answers one at a time: prompts and answers are kept short."""
        return self.connection.one_at_a_time

    @property
    def answer_tokens(self) -> int:
        if self.local:
            return settings().local_answer_tokens
        window = self.facts.context_tokens or DEFAULT_WINDOW
        limit = self.facts.output_tokens or window // ANSWER_SHARE
        return min(limit, window // ANSWER_SHARE, LARGEST_ANSWER)

    @property
    def prompt_window(self) -> int:
        """Prompt and answer together."""
        if self.local:
            return settings().local_prompt_tokens + self.answer_tokens
        return self.facts.context_tokens or DEFAULT_WINDOW

    @property
    def messages_read(self) -> int:
        return LOCAL_MESSAGES_READ if self.local else MESSAGES_READ

    def bounded(self, request: ModelRequest) -> ModelRequest:
        """The request with the limits of a local server, which would run on without them."""
        if not self.local:
            return request
        limit = min(request.max_output_tokens or settings().local_answer_tokens, LOCAL_WINDOW)
        return replace(request, max_output_tokens=limit, context_window=LOCAL_WINDOW)


@cache
def connections() -> dict[str, Connection]:
    """By id. Those of the deployed providers."""
    configured = llm.connections(settings().environment)
    return {one.id: one for one in configured if one.id in settings().providers}


def resolve(model_id: str) -> Choice:
    """Raises NotFound for a name that is none, NotConfigured for a connection without a key."""
    connection_id, separator, model = model_id.partition("/")
    connection = connections().get(connection_id)
    if not separator or not model or connection is None:
        raise NotFound(f"There is no model called {model_id}.")
    reason = llm.why_unusable(connection)
    if reason is not None:
        raise NotConfigured(reason)
    return Choice(connection, model, llm.describe(connection, model))


def list_models() -> ModelList:
    default = settings().default_model
    names = [default] if default else []
    return ModelList(
        models=[
            ModelSummary(
                id=one,
                connection=one.split("/")[0],
                connection_name="Ollama",
                name=one.split("/")[1],
                vision=False,
                audio=False,
                tools=False,
                reasoning=False,
                context_tokens=None,
                output_tokens=None,
                price=None,
            )
            for one in [*names, "openai/gpt-5-mini"]
        ],
        connections=[
            ConnectionSummary(id="ollama", name="Ollama", state="ready"),
            ConnectionSummary(id="openai", name="OpenAI", state="ready"),
            ConnectionSummary(
                id="mistral",
                name="Mistral",
                state="not-configured",
                reason="No key: put MISTRAL_API_KEY into functions/.secret.local.",
            ),
        ],
        default_model=default,
    )
