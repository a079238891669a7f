"""Answers of calendar programs, sent to the address in the invitation."""

from assemblies.meetings import reply_address
from assemblies.registrations import calendar_reply
from assemblies.registrations.actions import calendar_reply as action
from partnership import inbound
from partnership.inbound import Taken


@inbound.wants
def is_to_an_address_for_replies(header: bytes) -> bool:
    return bool(reply_address.keys_in(header.decode("utf-8", "replace")))


@inbound.takes
def reply_of_a_calendar(content: bytes) -> Taken | None:
    """A letter to such an address is no reply, and stays unread for people to find."""
    reply = calendar_reply.read(content)
    if reply is None:
        return None
    return Taken(settled=True, changed=int(action.take(reply=reply)))
