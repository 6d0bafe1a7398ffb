"""Conversations: what they are, who owns them, what can be done with them."""

from colonycraft.conversations import store
from colonycraft.conversations.models import Id
from colonycraft.conversations.operations import OPERATIONS

__all__ = ["OPERATIONS", "Id", "store"]
