"""The ids of messages: in their order, the newest message of a branch comes first.

    999999998-…q   the message with the number 1
    999999999-…q   the message with the number 0

Firestore gives what an index holds under one value in the order of ids, so that a page of a branch
is the beginning of what `branchId` has in its own index: none beside it has to be written with each
message, and a Firestore without indexes stops at the end of the page.
"""

_LAST = 999_999_999


def message_id(seq: int, name: str) -> str:
    """`name` is the message's own among those with its number, which lie on different branches."""
    return f"{start(seq)}-{name}"


def more_id(of: str, order: int) -> str:
    """The id of a further document of a message. It comes before the message's own: where a page
    ends within a message, its beginning is what is missing."""
    number, _, name = of.partition("-")
    return f"{number}+{order}-{name}"


def start(seq: int) -> str:
    """Comes before the ids of messages with this number or a lower one, and after all others."""
    return f"{_LAST - seq:09d}"
