"""Writes `functions/colonycraft/llm/catalogue.json` from published data.

    pip download --no-deps litellm==1.110.2        # a wheel; nothing of it is installed or run
    python deploy/catalogue/make.py litellm-1.110.2-*.whl 2026-11-24

Capabilities and limits are from LiteLLM's `model_prices_and_context_window_backup.json` (MIT),
names for people from `genai-prices` (MIT). Prices are not taken: `usage/prices.py` asks
genai-prices.
"""

import importlib
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

# By name: its literals keep a type checker busy for minutes.
prices: Any = importlib.import_module("genai_prices.data")

TARGET = Path(__file__).parents[2] / "functions/colonycraft/llm/catalogue.json"
SOURCE = "model_prices_and_context_window_backup.json"
VENDORS = ("openai", "anthropic", "mistral")
LEFT_OUT = re.compile(
    r"^(?:ft:|openai/|computer-use)|search-preview|search-api|deep-research|realtime|vibe-cli"
)
CAN = {
    "tools": "supports_function_calling",
    "vision": "supports_vision",
    "audio": "supports_audio_input",
    "files": "supports_pdf_input",
    "prefill": "supports_assistant_prefill",
    "reasoning": "supports_reasoning",
    "structured_output": "supports_response_schema",
    "parallel_tools": "supports_parallel_function_calling",
}


# The source leaves these out where it does not know; a missing other flag means "no".
MAYBE = ("files", "structured_output", "parallel_tools")


def maybe(row: dict[str, Any], found: list[str]) -> list[str]:
    return [flag for flag in MAYBE if CAN[flag] not in row and flag not in found]


def can(vendor: str, row: dict[str, Any]) -> list[str]:
    found = {flag for flag, key in CAN.items() if row.get(key)}
    if "audio" in (row.get("supported_modalities") or ()) or row.get("supports_audio_input"):
        found.add("audio")
    if row.get("supports_forced_tool_use", True) and "tools" in found:
        found.add("forced_tools")
    if row.get("supports_sampling_params", True) and not (
        vendor == "openai" and "reasoning" in found
    ):
        found.add("sampling")
    if vendor != "openai" and "tools" in found:
        found.add("parallel_tools")
    if vendor == "mistral":
        found.add("files")  # documents are read by OCR for every model
    if "/v1/chat/completions" in row.get("supported_endpoints", ["/v1/chat/completions"]):
        found.add("chat_completions")
    if row.get("supports_adaptive_thinking"):
        found.add("adaptive_thinking")
    if row.get("thinking_always_on"):
        found.add("constant_thinking")
    return sorted(found)


def efforts(vendor: str, row: dict[str, Any]) -> list[str]:
    if not row.get("supports_reasoning"):
        return []
    levels = row.get("reasoning_effort_levels")
    if levels:
        return [level for level in ("none", "minimal", "low", "medium", "high") if level in levels]
    if vendor == "mistral":
        return []
    if vendor == "anthropic":
        off = [] if row.get("thinking_always_on") else ["none"]
        return [*off, "minimal", "low", "medium", "high"]
    off = ["none"] if row.get("supports_none_reasoning_effort") else []
    least = ["minimal"] if row.get("supports_minimal_reasoning_effort") else []
    return [*off, *least, "low", "medium", "high"]


def title(vendor: str, name: str) -> str | None:
    provider = next(each for each in prices.providers if each.id == vendor)
    model = next((each for each in provider.models if each.is_match(name)), None)
    return model.name if model else None


def main(wheel: str, date: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        rows: dict[str, dict[str, Any]] = json.loads(archive.read(f"litellm/{SOURCE}"))
    models: dict[str, dict[str, dict[str, Any]]] = {vendor: {} for vendor in VENDORS}
    for key, row in rows.items():
        vendor, name = row.get("litellm_provider", ""), key.removeprefix("mistral/")
        if vendor not in VENDORS or row.get("mode") not in ("chat", "responses"):
            continue
        if LEFT_OUT.search(key) or row.get("deprecation_date", "9999") <= date:
            continue
        found = can(vendor, row)
        entry = {
            "title": title(vendor, name),
            "window": row.get("max_input_tokens"),
            "output": row.get("max_output_tokens"),
            "can": found,
            "maybe": maybe(row, found),
            "efforts": efforts(vendor, row),
            "retires": row.get("deprecation_date"),
        }
        models[vendor][name] = {field: value for field, value in entry.items() if value}
    version = Path(wheel).name.split("-")[1]
    head = {"source": f"litellm {version} {SOURCE}, MIT", "date": date}
    lines = [
        f'  "{vendor}": {{\n'
        + ",\n".join(
            f"    {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False)}"
            for name, entry in sorted(models[vendor].items())
        )
        + "\n  }"
        for vendor in VENDORS
    ]
    about = json.dumps(head, indent=2)[1:-2]
    TARGET.write_text(f"{{{about},\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
