"""What a known model cannot do is refused before anything is sent, with the reason.

Of a model that the catalogue does not have nothing is refused here: its server will say.
"""

from colonycraft.llm.catalogue import ModelFacts
from colonycraft.llm.parts import unsupported
from colonycraft.llm.port import AudioPart, FilePart, ImagePart, ModelRequest


def check_limits(request: ModelRequest, facts: ModelFacts | None) -> None:
    """Raises `Unsupported` for the first thing that is asked of the model and that it cannot do."""
    if facts is None:
        return
    _check_inputs(request, facts)
    name = request.model
    if request.tools and facts.tools is False:
        raise unsupported("tools", f"{name} cannot call tools.")
    forced = request.tool_choice not in (None, "auto", "none")
    if forced and facts.forced_tools is False:
        raise unsupported("tool_choice", f"{name} cannot be made to call a tool.")
    form = request.response_format
    if form is not None and form.schema is not None and facts.structured_output is False:
        raise unsupported("response_format", f"{name} does not answer by a schema.")
    _check_effort(request, facts)


def _check_inputs(request: ModelRequest, facts: ModelFacts) -> None:
    kinds = (
        (ImagePart, facts.vision, "image", "images"),
        (AudioPart, facts.audio, "audio", "audio"),
        (FilePart, facts.files, "file", "files"),
    )
    parts = [part for message in request.messages for part in message.parts]
    for kind, able, feature, words in kinds:
        if able is False and any(isinstance(part, kind) for part in parts):
            raise unsupported(feature, f"{request.model} takes no {words}.")


def _check_effort(request: ModelRequest, facts: ModelFacts) -> None:
    effort = request.reasoning_effort
    if effort is None or effort in facts.efforts:
        return
    if not facts.reasoning:
        if effort != "none":
            raise unsupported("reasoning_effort", f"{request.model} is not a reasoning model.")
        return
    choices = f"only {', '.join(facts.efforts)}" if facts.efforts else "none"
    raise unsupported(
        "reasoning_effort", f"{request.model} does not take this effort; it takes {choices}."
    )
