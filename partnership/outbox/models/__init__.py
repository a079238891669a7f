from partnership.outbox.models.mailbox import MailboxLook
from partnership.outbox.models.message import Message

__all__ = ["MailboxLook", "Message"]
