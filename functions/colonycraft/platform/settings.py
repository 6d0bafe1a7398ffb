"""Settings from the environment, read once. `functions/.env` documents each of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


class UnsafeSettings(RuntimeError):
    """The process must not start like this."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`environment` is kept for what is read by name (keys and addresses of connections)."""

    project: str
    local: bool
    app_check: bool
    administrators: tuple[str, ...]
    default_model: str | None
    fallbacks: str
    budgets: str
    time_zone: str
    unknown_price: str
    cache: str
    prices: str
    providers: tuple[str, ...]
    local_prompt_tokens: int
    local_answer_tokens: int
    environment: Mapping[str, str]

    @property
    def on_cloud_run(self) -> bool:
        """Whether Google's IAM stands before this process. Knative on a cluster of one's own sets
        K_CONFIGURATION as well, and has no IAM."""
        return (
            "K_CONFIGURATION" in self.environment
            and "KUBERNETES_SERVICE_HOST" not in self.environment
        )


def read(environment: Mapping[str, str]) -> Settings:
    """Raises UnsafeSettings where an emulator's address would switch off a check in production."""
    local = environment.get("FUNCTIONS_EMULATOR") == "true"
    # The functions emulator sets K_SERVICE too; K_CONFIGURATION is Cloud Run's alone.
    deployed = "K_CONFIGURATION" in environment or "KUBERNETES_SERVICE_HOST" in environment
    if deployed and (local or "FIREBASE_AUTH_EMULATOR_HOST" in environment):
        raise UnsafeSettings(
            "FIREBASE_AUTH_EMULATOR_HOST or FUNCTIONS_EMULATOR is set in a deployed function: "
            "tokens would not be verified. Unset it."
        )
    return Settings(
        project=environment.get("GCLOUD_PROJECT")
        or environment.get("GOOGLE_CLOUD_PROJECT")
        or "demo-colonycraft",
        local=local,
        app_check=environment.get("APP_CHECK", "off") == "enforce",
        administrators=_list(environment.get("ADMINISTRATORS", "").lower()),
        default_model=environment.get("DEFAULT_MODEL") or None,
        fallbacks=environment.get("FALLBACKS", ""),
        budgets=environment.get("BUDGETS", ""),
        time_zone=environment.get("TIME_ZONE") or "UTC",
        unknown_price=environment.get("UNKNOWN_PRICE") or "refuse",
        cache=environment.get("CACHE") or "off",
        prices=environment.get("PRICES", ""),
        providers=_list(environment.get("PROVIDERS", "openai,anthropic,mistral,ollama")),
        local_prompt_tokens=int(environment.get("LOCAL_PROMPT_TOKENS") or 1000),
        local_answer_tokens=int(environment.get("LOCAL_ANSWER_TOKENS") or 1024),
        environment=environment,
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


@cache
def settings() -> Settings:
    return read(dict(os.environ))
