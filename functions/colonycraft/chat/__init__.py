"""The turn: place in the tree, context, run, stream, receipt."""

from colonycraft.chat.operations import OPERATIONS
from colonycraft.chat.sweep import sweep
from colonycraft.chat.turn import interrupt_all
from colonycraft.chat.worker import WORK

__all__ = ["OPERATIONS", "WORK", "interrupt_all", "sweep"]
