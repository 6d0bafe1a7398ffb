"""Serves every function of main.py in one process: a WSGI application for gunicorn.

The functions emulator gives each request that is not answered yet a process of its own; one
process with the threads of the deployed functions answers thousands of requests a second and
passes a client's disconnect on. The launcher of this checkout runs it, and so does the container
image for a cluster of one's own:

    cd functions && THREADS=80 gunicorn --worker-class gthread --workers 1 --threads 80 \\
        --timeout 0 --no-control-socket --bind 0.0.0.0:8080 serve:app

Addresses are those of the functions emulator, `/<project>/<region>/<function>[/<rest>]`, so that
every Firebase client SDK reaches it by `connectFunctionsEmulator`. Besides:

    GET /__/health     200 when main.py has been imported
    GET /__/functions  what each function is triggered by; on a developer's machine only

Tokens are verified as when deployed, those of tasks by `worker` itself: nothing here looks at them.
Whoever exposes the port must keep scheduled functions behind an ingress, since nothing but Google's
IAM keeps strangers from them.
"""

import inspect
import json
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import flask
import functions_framework
from functions_framework import execution_id

import main

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_TRIGGERS = (
    "httpsTrigger",
    "callableTrigger",
    "eventTrigger",
    "scheduleTrigger",
    "blockingTrigger",
    "taskQueueTrigger",
)


def _deployed() -> dict[str, Callable[..., Any]]:
    """The functions of main.py that a deployment would find, by name."""
    endpoints = (
        (getattr(function, "__firebase_endpoint__", None), function)
        for _, function in inspect.getmembers(main, inspect.isfunction)
    )
    return {endpoint.entryPoint: function for endpoint, function in endpoints if endpoint}


def _application(name: str, function: Callable[..., Any]) -> flask.Flask:
    """The framework's own adapter round one function.

    `functions_framework.create_app` would execute main.py once for each function.
    """
    application = flask.Flask(name)
    application.register_error_handler(500, functions_framework.crash_handler)  # pyright: ignore[reportUnknownArgumentType]
    event = function.__firebase_endpoint__.eventTrigger  # type: ignore[attr-defined]
    functions_framework._configure_app(application, function, "cloudevent" if event else "http")  # pyright: ignore[reportPrivateUsage]
    application.wsgi_app = execution_id.WsgiMiddleware(application.wsgi_app)
    return application


def _trigger(function: Callable[..., Any]) -> str:
    endpoint = function.__firebase_endpoint__  # type: ignore[attr-defined]
    return next(kind for kind in _TRIGGERS if getattr(endpoint, kind, None) is not None)


_FUNCTIONS = _deployed()
_APPLICATIONS = {name: _application(name, function) for name, function in _FUNCTIONS.items()}


def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Hand a request to the function that its path names."""
    path = environ["PATH_INFO"]
    if path == "/__/health":
        return _json(start_response, "200 OK", {"status": "ok"})
    if path == "/__/functions" and os.environ.get("FUNCTIONS_EMULATOR") == "true":
        triggers = {name: _trigger(function) for name, function in _FUNCTIONS.items()}
        return _json(start_response, "200 OK", triggers)
    parts = path.split("/", 4)
    name = parts[3] if len(parts) > 3 else ""
    application = _APPLICATIONS.get(name)
    if application is None:
        known = ", ".join(_APPLICATIONS)
        error = {"status": "NOT_FOUND", "message": f"There is no such function here: {known}."}
        return _json(start_response, "404 Not Found", {"error": error})
    mounted = "/".join(parts[:4])
    environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + mounted
    environ["PATH_INFO"] = path.removeprefix(mounted) or "/"
    return application(environ, start_response)


def _json(start_response: "StartResponse", status: str, body: dict[str, Any]) -> Iterable[bytes]:
    content = json.dumps(body).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    start_response(status, headers)
    return [content]
