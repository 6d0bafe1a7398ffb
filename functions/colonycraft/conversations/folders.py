"""Folders in Firestore: `folders/{id}`, a name and what every model asked in it is told.

A conversation says which folder it is in (`folderId`). One whose folder is gone is in none: so a
deletion writes to no conversation, and the folder made again under its id has them again.
"""

from functools import partial
from typing import Any

from colonycraft.conversations import changes
from colonycraft.errors import FailedPrecondition, NotFound
from colonycraft.platform.clock import now
from colonycraft.platform.firestore import Query, Snapshot, Where, database, in_turn
from colonycraft.platform.operations import Caller

SCHEMA_VERSION = 1
MOST_FOLDERS = 100
"""Of one person."""


def path_of(folder_id: str) -> str:
    return f"folders/{folder_id}"


def owned(caller: Caller, snapshot: Snapshot) -> dict[str, Any]:
    """The folder's data, if the caller owns it. Raises NotFound."""
    if snapshot.data is None or snapshot.data["ownerId"] != caller.uid:
        raise NotFound("folder-missing")
    return snapshot.data


def read(caller: Caller, folder_id: str) -> dict[str, Any]:
    """Raises NotFound."""
    return owned(caller, database().get(path_of(folder_id)))


def instructions_for(owner_id: str, folder: Snapshot) -> str:
    """What a model is told in this person's conversations there; "" where the folder is gone, or
    somebody else's."""
    data = folder.data
    return data["instructions"] if data is not None and data["ownerId"] == owner_id else ""


def create(
    caller: Caller, folder_id: str, request_id: str, name: str, instructions: str
) -> dict[str, Any]:
    """The same request again answers the same. Reads the person's folders. Raises NotFound,
    FailedPrecondition."""
    at = now()
    data = {
        "orgId": caller.org_id,
        "ownerId": caller.uid,
        "readers": [f"u:{caller.uid}"],
        "schemaVersion": SCHEMA_VERSION,
        "name": name,
        "instructions": instructions,
        "createdAt": at,
        "changedAt": at,
        "requestId": request_id,
    }
    with in_turn(f"folders of {caller.uid}"):
        others = {one.id for one in of_person(caller.uid)} - {folder_id}
        if len(others) >= MOST_FOLDERS:
            raise FailedPrecondition("folders-full", most=MOST_FOLDERS)
        return changes.create(
            path_of(folder_id),
            data,
            partial(owned, caller),
            told_by=("requestId", "name", "instructions"),
        )


def change(
    caller: Caller, folder_id: str, request_id: str, changed: dict[str, str]
) -> dict[str, Any]:
    """Raises what `changes.change` raises."""
    return changes.change(path_of(folder_id), request_id, partial(owned, caller), changed)


def delete(caller: Caller, folder_id: str) -> None:
    """That it is gone already is no error. Raises NotFound for somebody else's."""
    path = path_of(folder_id)
    folder = database().get(path)
    if folder.data is None:
        return
    owned(caller, folder)
    unit = database().unit_of_work()
    unit.delete(path)
    unit.commit()


def of_person(uid: str) -> list[Snapshot]:
    """The ids alone."""
    return database().query(
        Query(
            "folders",
            where=(Where("ownerId", "==", uid),),
            limit=MOST_FOLDERS + 1,
            fields=("ownerId",),
        )
    )
