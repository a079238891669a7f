from partnership.outbox.models.mailbox import MailboxLook
from partnership.outbox.models.message import Message
from partnership.outbox.models.subscription import Subscription

__all__ = ["MailboxLook", "Message", "Subscription"]
