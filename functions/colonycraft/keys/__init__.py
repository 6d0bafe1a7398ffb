"""API keys: what a person gives a program, so that it can ask models in their name.

    Authorization: Bearer cck_<id>_<secret>

access    what a key may do now, asked at the door and before each attempt
store     `keys/{id}` holds the secret's SHA-256 only, `keyRings/{uid}` which keys a person has
"""

from colonycraft.keys.access import banks, check, is_key, key_of, verify
from colonycraft.keys.operations import OPERATIONS
from colonycraft.keys.store import Key

__all__ = ["OPERATIONS", "Key", "banks", "check", "is_key", "key_of", "verify"]
