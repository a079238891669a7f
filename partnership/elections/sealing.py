"""The ballot box, sealed: what is in the database while people vote tells a reader nothing.

The box is one text: every vote a record of the same length (its receipt, then one byte for each candidate's rank),
sorted by receipt, encrypted whole and again with each vote. So there is no row for a vote: no identifier, no time, no
order, no transaction of its own, and two copies of the box, before and after a vote, share not one byte that says which
record came in. The key is a file of its own for each box (`ballot_keys`), which is destroyed when the box is opened.
`docs/decisions/` says what this does not protect against.
"""

import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no letters that look alike: 60 bits in a receipt
GROUPS, IN_A_GROUP = 3, 4
RECEIPT_LENGTH = GROUPS * IN_A_GROUP + GROUPS - 1
NONCE_LENGTH = 12

Vote = tuple[str, tuple[int, ...]]


class BrokenSealError(Exception):
    """The box cannot be opened: the key is not the one it was sealed with, or somebody changed the box."""


def new_receipt() -> str:
    """Returns a receipt made of chance alone, like K7QF-M2XD-9WPT."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def seal(votes: list[Vote], *, election: int, key: bytes, candidates: int) -> bytes:
    """Returns the votes as the box keeps them. Its length says how many there are, and no more."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    plain = b"".join(_record(vote, candidates) for vote in sorted(votes))
    return nonce + _cipher(key).encrypt(nonce, plain, _box_of(election))


def unseal(sealed: bytes, *, election: int, key: bytes, candidates: int) -> list[Vote]:
    """Returns the votes in the order of their receipts. Raises BrokenSealError."""
    from cryptography.exceptions import InvalidTag  # only those who vote or count need it

    sealed = bytes(sealed)
    try:
        plain = _cipher(key).decrypt(sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], _box_of(election))
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError from error
    length = RECEIPT_LENGTH + candidates
    return [_vote(plain[start : start + length]) for start in range(0, len(plain), length)]


def _record(vote: Vote, candidates: int) -> bytes:
    receipt, ranking = vote
    return receipt.encode("ascii") + bytes(ranking).ljust(candidates, b"\0")


def _vote(record: bytes) -> Vote:
    return record[:RECEIPT_LENGTH].decode("ascii"), tuple(number for number in record[RECEIPT_LENGTH:] if number)


def _box_of(election: int) -> bytes:
    return f"ballot box {election}".encode()


def _cipher(key: bytes):
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # only those who vote or count need it

    return AESGCM(key)
