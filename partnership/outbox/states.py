"""What may follow what for an email, and who moves it on.

An email that a server accepted was sent, even if it was withdrawn meanwhile: `actions/deliver.py` claims and settles rows
in statements of its own, which a thousand emails pass through.
"""

from partnership.outbox.models import Message
from partnership.states import Owner

S = Message.State

TRANSITIONS = {
    Message: {
        S.QUEUED: {S.SENDING, S.SENT, S.WITHDRAWN},
        S.SENDING: {S.QUEUED, S.SENT, S.FAILED, S.WITHDRAWN},
        S.SENT: {S.FAILED, S.QUEUED},  # it came back, for good or because there was no room
        S.FAILED: {S.QUEUED, S.SENT},
        S.WITHDRAWN: {S.SENT},
    }
}
STARTS = {Message: {S.QUEUED}}
OWNERS = {
    Message: {
        S.QUEUED: Owner.WORKER,
        S.SENDING: Owner.WORKER,
        S.SENT: Owner.WORKER,
        S.FAILED: Owner.STAFF,
        S.WITHDRAWN: Owner.WORKER,
    }
}
