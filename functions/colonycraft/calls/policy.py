"""How often a model is asked, and how long it is waited for: data, not code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds throughout.

    `attempts` counts the first one. A wait that the provider asks for is honoured up to
    `longest_wait`; beyond it, or past the total deadline, the call fails at once.
    """

    attempts: int = 3
    first_wait: float = 0.5
    longest_wait: float = 20.0
    first_token: float = 90.0
    idle: float = 60.0
    total: float = 280.0


DEFAULT = Policy()
TITLE = Policy(attempts=1, first_token=30.0, idle=15.0, total=40.0)
