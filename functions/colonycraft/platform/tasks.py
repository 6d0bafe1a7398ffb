"""Cloud Tasks: work that goes on when no browser waits for it.

A task is a kind and a few ids; it is delivered at least once, so what it does can be done twice.
`worker` receives it, and verifies who sent it: Google signs for the function's service account,
and on one machine the sender does, with a key that the launcher makes at each start (the emulator
of Cloud Tasks signs nothing).
"""

import base64
import json
import os
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import jwt
from firebase_functions.https_fn import FunctionsErrorCode, HttpsError
from pydantic import TypeAdapter, ValidationError

from colonycraft.errors import PermissionDenied
from colonycraft.platform import log
from colonycraft.platform.deployment import REGION, service_account
from colonycraft.platform.settings import settings

QUEUE = "worker"
LONGEST = 300
"""Seconds that a task may take."""

_REMOVED = "SIGNATURE_REMOVED_BY_GOOGLE"
"""What Cloud Run may put where a signature was that it has verified itself:
https://cloud.google.com/run/docs/troubleshooting#signature-removed"""
_ISSUERS = ("https://accounts.google.com", "accounts.google.com")
_CLOCKS_DIFFER = 10

Work = Callable[[Mapping[str, str]], None]
_IDS = TypeAdapter(dict[str, str])


def enqueue(kind: str, ids: Mapping[str, str]) -> None:
    """Raises whatever the network raises; the caller says what happens without the task."""
    body = json.dumps({"data": {"kind": kind, **ids}}).encode()
    emulator = os.environ.get("CLOUD_TASKS_EMULATOR_HOST")
    if emulator:
        _enqueue_locally(emulator, body)
    else:
        _enqueue(body)


def receive(authorization: str | None, data: Any, work: Mapping[str, Work]) -> None:
    """Does what a task says. Raises HttpsError: 403 for a stranger; a kind that is not known any
    more is let go, or Cloud Tasks would bring it for ever."""
    try:
        verify_sender(authorization)
    except PermissionDenied as error:
        raise HttpsError(FunctionsErrorCode.PERMISSION_DENIED, error.message) from error
    try:
        ids = _IDS.validate_python(data)
        do = work[ids.pop("kind")]
    except (ValidationError, KeyError) as error:
        log.error("a task of an unknown kind", error)
        return
    do(ids)


def verify_sender(authorization: str | None) -> None:
    """Raises PermissionDenied unless a task of ours brought this header."""
    token = (authorization or "").removeprefix("Bearer ")
    try:
        if settings().local:
            jwt.decode(token, _local_key(), algorithms=["HS256"], audience=QUEUE)
        else:
            _verify(token)
    except Exception as error:
        raise PermissionDenied("not-a-task") from error


def _address() -> str:
    base = os.environ.get("COLONYCRAFT_FUNCTIONS")
    if base is None:
        base = f"https://{REGION}-{settings().project}.cloudfunctions.net"
    return f"{base}/{QUEUE}"


def _parent() -> str:
    return f"projects/{settings().project}/locations/{REGION}/queues/{QUEUE}"


def _enqueue(body: bytes) -> None:
    from google.cloud import tasks_v2

    task = tasks_v2.Task(
        http_request=tasks_v2.HttpRequest(
            url=_address(),
            headers={"Content-Type": "application/json"},
            body=body,
            oidc_token=tasks_v2.OidcToken(
                service_account_email=service_account(QUEUE), audience=_address()
            ),
        ),
        dispatch_deadline={"seconds": LONGEST},
    )
    _client().create_task(parent=_parent(), task=task)


@cache
def _client() -> Any:
    from google.cloud import tasks_v2

    return tasks_v2.CloudTasksClient()


def _verify(token: str) -> None:
    """A token without its signature counts on Cloud Run alone, whose IAM let nobody else pass."""
    removed = token.rpartition(".")[2] == _REMOVED
    claims = _claims(token) if removed and settings().on_cloud_run else _signed_claims(token)
    if claims.get("email") != service_account(QUEUE) or not claims.get("email_verified"):
        raise PermissionDenied("not-a-task")


def _signed_claims(token: str) -> Mapping[str, Any]:
    from google.auth.transport import requests
    from google.oauth2 import id_token

    return id_token.verify_oauth2_token(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        token, requests.Request(), _address(), clock_skew_in_seconds=_CLOCKS_DIFFER
    )


def _claims(token: str) -> Mapping[str, Any]:
    return jwt.decode(
        token,
        options={
            "verify_signature": False,
            "verify_aud": True,
            "verify_iss": True,
            "verify_exp": True,
            "require": ["aud", "iss", "exp"],
        },
        audience=_address(),
        issuer=_ISSUERS,
        leeway=_CLOCKS_DIFFER,
    )


def _enqueue_locally(emulator: str, body: bytes) -> None:
    import httpx

    token = jwt.encode({"aud": QUEUE, "exp": int(time.time()) + LONGEST}, _local_key(), "HS256")
    request = {
        "url": _address(),
        "httpMethod": "POST",
        "body": base64.b64encode(body).decode(),
        "headers": {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    }
    httpx.post(
        f"http://{emulator}/{_parent()}/tasks", json={"task": {"httpRequest": request}}, timeout=10
    ).raise_for_status()


def _local_key() -> str:
    key = os.environ.get("WORKER_KEY", "")
    if len(key) < 32:
        raise PermissionDenied(
            "not-a-task", message="WORKER_KEY is not set: `make dev` makes one at each start."
        )
    return key
