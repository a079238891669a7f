from partnership.outbox.models.message import Message

__all__ = ["Message"]
