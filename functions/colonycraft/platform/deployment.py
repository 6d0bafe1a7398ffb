"""What each function is given when it is deployed: stated once.

`cpu=1` is always passed: without it some options mean a sixth of a CPU and one request at a time.
THREADS in `functions/.env` is CONCURRENCY, or only four requests would run at once.
"""

from collections.abc import Iterable
from typing import Any

from firebase_functions.options import CorsOptions, MemoryOption, RateLimits, RetryConfig

from colonycraft.platform.settings import settings

REGION = "us-central1"
CONCURRENCY = 80
MAX_INSTANCES = 100


def http_options(name: str, *, timeout: int, secrets: Iterable[str] = ()) -> dict[str, Any]:
    """Options of an HTTP function: a service account of its own, and only its own secrets."""
    return {
        "region": REGION,
        "cpu": 1,
        "memory": MemoryOption.MB_512,
        "concurrency": CONCURRENCY,
        "max_instances": MAX_INSTANCES,
        "timeout_sec": timeout,
        "secrets": list(secrets),
        "service_account": service_account(name),
        "cors": CorsOptions(cors_origins="*", cors_methods=["POST"]),
        "invoker": "public",
    }


def schedule_options(name: str) -> dict[str, Any]:
    return {
        "schedule": "every 1 minutes",
        "region": REGION,
        "cpu": 1,
        "memory": MemoryOption.MB_512,
        "max_instances": 1,
        "timeout_sec": 300,
        "service_account": service_account(name),
    }


def task_options(name: str, *, timeout: int, secrets: Iterable[str] = ()) -> dict[str, Any]:
    """Options of a function that receives tasks; deploying it makes the queue of its name."""
    return {
        "region": REGION,
        "cpu": 1,
        "memory": MemoryOption.MB_512,
        "concurrency": CONCURRENCY,
        "max_instances": MAX_INSTANCES,
        "timeout_sec": timeout,
        "secrets": list(secrets),
        "service_account": service_account(name),
        "retry_config": RetryConfig(max_attempts=5, min_backoff_seconds=1, max_backoff_seconds=60),
        "rate_limits": RateLimits(max_concurrent_dispatches=500, max_dispatches_per_second=500),
    }


def service_account(name: str) -> str:
    """The whole address. firebase-tools completes the short form `name@` for the function itself,
    but not where it grants secrets and where Cloud Scheduler signs its calls."""
    return f"colonycraft-{name}@{settings().project}.iam.gserviceaccount.com"
