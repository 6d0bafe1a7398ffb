"""The contract: the operation table as JSON Schema for the web client, and as a reference page."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter
from pydantic.alias_generators import to_camel
from pydantic.json_schema import GenerateJsonSchema

from colonycraft.platform.operations import Operation
from colonycraft.reasons import (
    REASONS,
    BudgetRefusal,
    FieldProblem,
    parameters_of,
    shown,
)

type Mode = Literal["validation", "serialization"]
type Wanted = tuple[str, Mode, TypeAdapter[Any]]


class _Schema(GenerateJsonSchema):
    """No titles below the definitions: json2ts would make an alias of each field."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def contract(operations: Sequence[Operation]) -> dict[str, Any]:
    """{"operations": name -> function, streamed, timeout, input, output, event; "reasons": name ->
    the kinds of its parameters; "definitions"}."""
    wanted: dict[str, Wanted] = {
        one.__name__: (one.__name__, "serialization", TypeAdapter(one))
        for one in (FieldProblem, BudgetRefusal)
    }
    table: dict[str, Any] = {}
    for one in operations:
        event = None
        if one.event is not None:
            event = _event_name(one)
            wanted[event] = (event, "serialization", TypeAdapter(one.event))
        wanted[one.input.__name__] = (one.input.__name__, "validation", TypeAdapter(one.input))
        wanted[one.output.__name__] = (
            one.output.__name__,
            "serialization",
            TypeAdapter(one.output),
        )
        table[one.name] = {
            "function": one.function,
            "streamed": one.streamed,
            "timeout": one.timeout,
            "input": one.input.__name__,
            "output": one.output.__name__,
            "event": event,
        }
    roots, shared = TypeAdapter.json_schemas(
        [(name, mode, adapter) for name, mode, adapter in wanted.values()],
        by_alias=True,
        ref_template="#/definitions/{model}",
        schema_generator=_Schema,
    )
    definitions: dict[str, Any] = dict(shared.get("$defs", {}))
    for (name, _), schema in roots.items():
        if schema != {"$ref": f"#/definitions/{name}"}:
            definitions[name] = schema
    for definition in definitions.values():
        definition.pop("title", None)
    reasons = {
        name: {to_camel(one): kind for one, kind in parameters_of(name).items()} for name in REASONS
    }
    return {
        "operations": table,
        "reasons": reasons,
        "definitions": dict(sorted(definitions.items())),
    }


def _event_name(operation: Operation) -> str:
    return operation.input.__name__.removesuffix("Request") + "Event"


def reference(operations: Sequence[Operation]) -> str:
    """The reference page of every operation, in Markdown."""
    lines = [
        "# Operations",
        "",
        "Generated from the operation table by `make contract`; do not edit.",
        "",
        'Unary operations are called as `httpsCallable(functions, "api/<name>")`, streamed ones as',
        '`httpsCallable(functions, "<name>").stream(...)`, from any Firebase client SDK.',
    ]
    for one in operations:
        how = f"`{one.function}`" if one.function == one.name else f"`{one.function}/{one.name}`"
        lines += [
            "",
            f"## {one.name}",
            "",
            one.summary,
            "",
            f"Address {how}; {'streamed or unary' if one.streamed else 'unary'}; "
            f"who: {one.access.value}{f' (`{one.subject}`)' if one.subject else ''}"
            f"{', or a key' if one.by_key else ''}; "
            f"at most {one.timeout} s.",
            "",
            "```json",
            json.dumps(one.example, indent=2, ensure_ascii=False),
            "```",
            "",
            *_fields("Input", one.input),
            "",
            *_fields("Output", one.output),
        ]
    lines += [
        "",
        "## Reasons",
        "",
        "An error is `{status, message, details}`. `details` has `reason`, one of these, and its",
        "parameters; the message may be more exact than what stands here.",
        "",
        "| reason | parameters | |",
        "|---|---|---|",
        *(
            f"| `{name}` | {_list(parameters_of(name))} | {_text(name)} |"
            for name in sorted(REASONS)
        ),
    ]
    return "\n".join(lines) + "\n"


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{to_camel(name)}`" for name in names)


def _text(reason: str) -> str:
    """The text with the names of the parameters in their places."""
    return shown(reason, lambda name, _: f"`{to_camel(name)}`")


def _fields(heading: str, model: type[BaseModel]) -> list[str]:
    if not model.model_fields:
        return [f"{heading}: nothing."]
    rows = [f"| {heading} | type | |", "|---|---|---|"]
    mode: Mode = "validation" if heading == "Input" else "serialization"
    schema = model.model_json_schema(by_alias=True, mode=mode, schema_generator=_Schema)
    required = set(schema.get("required", []))
    for name, one in schema.get("properties", {}).items():
        note = one.get("description", "")
        optional = "" if name in required else "optional. "
        rows.append(f"| `{name}` | {_type(one)} | {optional}{note} |")
    return rows


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if "oneOf" in schema:
        return " or ".join(dict.fromkeys(_type(one) for one in schema["oneOf"]))
    if "enum" in schema:
        return " or ".join(f"`{one}`" for one in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type", "any"))
