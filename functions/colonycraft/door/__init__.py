"""The door: the callable protocol, who is calling, dispatch, errors out."""

from colonycraft.door.dispatch import door

__all__ = ["door"]
