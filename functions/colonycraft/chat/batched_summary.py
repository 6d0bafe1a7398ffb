"""Summaries that may wait: while nothing is missing yet, they are asked in a batch.

    ask    after an answer: sent, with what it will cover
    look   in `worker`, every few minutes: written when the batch has ended, if it is still wanted

Where the batch gives nothing in its time, the summary is made at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from colonycraft.calls import Account, Choice, batches, resolve
from colonycraft.calls.batches import Batch
from colonycraft.chat import summary
from colonycraft.chat.begin import Begun
from colonycraft.chat.context import Context, Stored
from colonycraft.chat.summary import Summary
from colonycraft.conversations import branches as tree
from colonycraft.conversations import long_messages
from colonycraft.conversations import store as conversations
from colonycraft.errors import ColonyCraftError
from colonycraft.platform.firestore import database


def ask(
    begun: Begun,
    context: Context,
    choice: Choice,
    messages: Sequence[Stored],
    known: Mapping[str, Any] | None,
) -> bool:
    """False: the summary is to be made at once, since some of `messages` were not sent any more, or
    nobody takes it in a batch."""
    left_out = set(context.left_out_ids)
    if any(one["id"] in left_out for one in messages) or not batches.may_wait(choice):
        return False
    asked = summary.request_for(choice, messages, known)
    if asked is None:
        return False
    request, until_seq = asked
    subject = {
        "branchId": begun.run.branch_id,
        "untilSeq": until_seq,
        "continues": known is not None,
        "writtenAt": _written_at(begun.conversation),
    }
    payer = begun.account.for_feature("batch-summary")
    return batches.submit(begun.run.conversation_id, choice, request, payer, subject)


def look(ids: Mapping[str, str]) -> None:
    """Looks at a batch, once in a few minutes; may be told twice."""
    batch = batches.claim(ids["batchId"])
    if batch is None:
        return
    conversation = database().get(conversations.path_of(batch.id)).data
    wanted = conversation is not None and _is_wanted(batch, conversation)
    ended = batches.collect(batch, wanted=wanted)
    if ended is None:
        return
    if wanted and conversation is not None:
        held = conversation.get("summary")
        known = held if batch.subject["continues"] else None
        if ended.answer is None:
            made = _at_once(batch, conversation, known)
        else:
            made = summary.read(ended.answer, batch.subject["untilSeq"], known)
        if made is not None:
            fields = made.fields(batch.subject["branchId"], known)
            conversations.write_summary(batch.id, fields, held)
    batches.close(batch)


def _is_wanted(batch: Batch, conversation: Mapping[str, Any]) -> bool:
    """Not when the conversation is deleted, its summary switched off, or written anew since."""
    return (
        conversation["state"] != "deleted"
        and conversation.get("summarise", True)
        and _written_at(conversation) == batch.subject["writtenAt"]
    )


def _written_at(conversation: Mapping[str, Any]) -> Any:
    held = conversation.get("summary")
    return None if held is None else held["at"]


def _at_once(
    batch: Batch, conversation: Mapping[str, Any], known: Mapping[str, Any] | None
) -> Summary | None:
    """Of what the batch was to cover."""
    try:
        choice = resolve(batch.model)
    except ColonyCraftError:
        return None
    subject = batch.subject
    path = tree.path(conversation["branches"], subject["branchId"], subject["untilSeq"])
    read = long_messages.whole(conversations.read_path(batch.id, path, choice.messages_read))
    since = 0 if known is None else known["untilSeq"]
    messages = [one for one in reversed(read) if one["seq"] >= since]
    return summary.sum_up(choice, messages, known, Account(batch.caller, "summary", batch.id))
