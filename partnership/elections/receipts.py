"""The receipt that a form carries from the page to check a vote to the casting of it.

It is signed for one organisation's voter in one election, so that nobody can choose their receipt, or bring another's.
The signature is kept nowhere.
"""

from django.core import signing

from partnership.elections import sealing
from partnership.elections.models import Voter


def carried(voter: Voter, sent: str = "") -> str:
    """Returns the signed receipt that a form sent, or a new one where it is not this voter's."""
    return sent if read(sent, voter) else _signer(voter).sign(sealing.new_receipt())


def read(signed: str, voter: Voter) -> str | None:
    """Returns the receipt, or None where it was not made for this voter."""
    try:
        return _signer(voter).unsign(signed)
    except signing.BadSignature:
        return None


def _signer(voter: Voter) -> signing.Signer:
    return signing.Signer(salt=f"receipt of voter {voter.pk}")
