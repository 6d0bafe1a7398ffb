"""People: profiles and preferences."""

from colonycraft.people.operations import OPERATIONS
from colonycraft.people.store import wants_to_be_counted

__all__ = ["OPERATIONS", "wants_to_be_counted"]
