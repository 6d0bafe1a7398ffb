"""People: profiles and preferences."""

from colonycraft.people.operations import OPERATIONS

__all__ = ["OPERATIONS"]
