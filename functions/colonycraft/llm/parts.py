"""What the vendors' message formats have in common, and how a request is refused."""

from collections.abc import Iterable
from typing import Any

from colonycraft.errors import Unsupported
from colonycraft.llm.port import (
    FilePart,
    ImagePart,
    Message,
    ModelRequest,
    Part,
    TextPart,
    ToolResultPart,
)


def unsupported(feature: str, what: str) -> Unsupported:
    """What the provider cannot do, refused before anything is sent."""
    return Unsupported("unsupported", message=what, feature=feature)


def joined_text(parts: Iterable[Part]) -> str:
    """The text of those parts that are text, one paragraph each."""
    return "\n\n".join(part.text for part in parts if isinstance(part, TextPart))


def data_url(media_type: str, data: str) -> str:
    return f"data:{media_type};base64,{data}"


def image_url(part: ImagePart) -> str:
    """The image's own address, or its bytes as one."""
    if part.url:
        return part.url
    return data_url(part.media_type or "image/png", part.data or "")


def file_name(part: FilePart) -> str:
    if part.name:
        return part.name
    return "document.pdf" if part.media_type == "application/pdf" else "document"


def tool_results(message: Message) -> list[ToolResultPart]:
    return [part for part in message.parts if isinstance(part, ToolResultPart)]


def other_parts(message: Message) -> list[Part]:
    return [part for part in message.parts if not isinstance(part, ToolResultPart)]


def check_tool_choice(request: ModelRequest) -> None:
    """A choice that names a tool must name one of the request's."""
    choice = request.tool_choice
    if choice in (None, "auto", "none"):
        return
    if not request.tools:
        raise unsupported("tool_choice", "A tool is required, but the request has no tools.")
    if choice != "required" and choice not in {tool.name for tool in request.tools}:
        raise unsupported("tool_choice", f"There is no tool named {choice!r} in the request.")


def without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
