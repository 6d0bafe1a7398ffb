"""The turn: context, run, stream, receipt."""

from colonycraft.chat.operations import OPERATIONS
from colonycraft.chat.recovery import sweep
from colonycraft.chat.turn import interrupt_all

__all__ = ["OPERATIONS", "interrupt_all", "sweep"]
