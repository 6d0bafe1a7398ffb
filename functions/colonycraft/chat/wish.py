"""What a person wishes another answer to be, as its model is told: behind the question of that turn
alone, so that all that goes before stays as a provider has cached it."""

from collections.abc import Mapping

from colonycraft.chat.models import Wish

_TOLD: Mapping[Wish, str] = {
    "shorter": "(Answer at about half the length that you usually would, with the essentials "
    "alone, in the language of the question above. Do not mention this note.)",
    "longer": "(Answer at about twice the length that you usually would, with more detail, "
    "reasons and examples, in the language of the question above. Do not mention this note.)",
}


def with_wish(question: str, wish: Wish | None) -> str:
    """The question as it is sent."""
    return question if wish is None else f"{question}\n\n{_TOLD[wish]}"
