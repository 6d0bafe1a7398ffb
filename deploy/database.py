"""Firestore's rules and indexes: what is declared, and what a deployment would change."""

import contextlib
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.cli import Firebase
from deploy.plan import Plan
from deploy.target import Target, load_json, path
from stack import firestore, rules
from stack.errors import StackError
from stack.ports import HOST, free_block

_RULES = "firestore.rules"
_INDEXES = "firestore.indexes.json"
_DEFAULT_LOCATION = "nam5"
"""Where firebase-tools creates a database by itself."""

type Index = tuple[str, str, tuple[tuple[str, str], ...]]


def check_rules(plan: Plan) -> None:
    """Compile the rules by the Firestore that runs locally, if there is one that starts at once."""
    hidane = firestore.find_hidane()
    if hidane is None:
        plan.unchecked(_RULES, "no hidane here; Google compiles it before anything is deployed")
        return
    try:
        with _running(hidane) as port:
            wrong = rules.load(path(_RULES), port, "demo-rules")
    except StackError as error:
        plan.unchecked(_RULES, str(error))
        return
    if wrong:
        plan.missing(_RULES, f"does not compile: {wrong}")
    else:
        plan.ok(_RULES, "compiles")


def check_declared_indexes(plan: Plan) -> None:
    """What firestore.indexes.json declares."""
    declared = load_json(_INDEXES)[_INDEXES]
    indexes, overrides = declared.get("indexes", []), declared.get("fieldOverrides", [])
    plan.ok(_INDEXES, f"declares {len(indexes)} indexes, {len(overrides)} fields by hand")


def check_database(plan: Plan, target: Target, firebase: Firebase) -> None:
    """Whether the project has a database, and where."""
    answer = firebase.ask("firestore:databases:list")
    if answer.problem is not None:
        plan.unchecked("Firestore", answer.problem)
        return
    databases: list[Mapping[str, Any]] = answer.result or []
    found = [one for one in databases if one.get("name", "").endswith("/(default)")]
    if not found:
        plan.missing(
            "Firestore",
            "has no database yet; its place can never be changed",
            f"node_modules/.bin/firebase firestore:databases:create '(default)'"
            f" --location={_DEFAULT_LOCATION} --project {target.project}",
            f"{_DEFAULT_LOCATION} is North America, eur3 Europe; the functions run in us-central1.",
        )
    elif found[0].get("type", "FIRESTORE_NATIVE") != "FIRESTORE_NATIVE":
        plan.missing("Firestore", "is in Datastore mode, which has no listeners")
    else:
        plan.ok("Firestore", f"in {found[0].get('locationId', 'an unknown place')}")


def check_changed_indexes(plan: Plan, firebase: Firebase) -> None:
    """What a deployment would add. What is there and not declared stays."""
    answer = firebase.ask("firestore:indexes")
    if answer.problem is not None:
        plan.unchecked("indexes", answer.problem)
        return
    wanted = _indexes(load_json(_INDEXES)[_INDEXES])
    there = _indexes(answer.result or {})
    new = [f"+ {_shown(index)}" for index in sorted(wanted - there)]
    kept = [f"= {_shown(index)} is not declared; it stays" for index in sorted(there - wanted)]
    note = f"{len(new)} to be built" if new else "none to be built"
    plan.ok("indexes", note if not kept else f"{note}, {len(kept)} not declared")
    plan.tell(*new, *kept)


def _indexes(specification: Mapping[str, Any]) -> set[Index]:
    return {_index(one) for one in specification.get("indexes", ())}


def _index(one: Mapping[str, Any]) -> Index:
    fields = tuple(
        (field["fieldPath"], str(field.get("order") or field.get("arrayConfig") or "VECTOR"))
        for field in one["fields"]
        if field["fieldPath"] != "__name__"
    )
    return one["collectionGroup"], one.get("queryScope", "COLLECTION"), fields


def _shown(index: Index) -> str:
    collection, scope, fields = index
    everywhere = " (anywhere)" if scope == "COLLECTION_GROUP" else ""
    shown = ", ".join(f"{name} {way.lower()}" for name, way in fields)
    return f"{collection}{everywhere}: {shown}"


@contextmanager
def _running(hidane: Path) -> Generator[int]:
    """A Firestore of its own for as long as the context lasts; its port."""
    with free_block() as ports, tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [hidane, "--host", HOST, "--port", str(ports.firestore)],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            for _ in range(100):
                with contextlib.suppress(OSError):
                    socket.create_connection((HOST, ports.firestore)).close()
                    break
                if process.poll() is not None:
                    raise StackError("hidane ended by itself")
                time.sleep(0.05)
            else:
                raise StackError("hidane did not answer within 5 s")
            yield ports.firestore
        finally:
            process.terminate()
            process.wait()
