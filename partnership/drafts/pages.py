"""The mark of a form that keeps a draft: signed by the portal, it says whose form it is and at which address.

With it, and with nothing else, answers can be put aside for that person, even when their session has ended. It opens nothing:
a draft is only ever shown to the person who wrote it, signed in. A form without a mark, such as a ballot paper, has no draft.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest
from django.utils.http import urlencode

FIELD = "draft"  # the name of the mark in a form, and of the question in an address that asks for the draft
SALT = "partnership.drafts"
KEPT = timedelta(days=7)
LONGEST_ADDRESS = 500


class Page(NamedTuple):
    """A form of one person: the number of their account, and the address of the form."""

    person: int
    address: str

    @property
    def mark(self) -> str:
        return signing.dumps(list(self), salt=SALT)

    @property
    def with_draft(self) -> str:
        """The address of the form, filled in with the draft."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{FIELD}=yes"


def page_of(request: HttpRequest) -> Page | None:
    """The page as the person opened it; None where nobody is signed in, or its address is too long to keep."""
    asked = request.GET.copy()
    asked.pop(FIELD, None)
    address = f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path
    if not request.user.is_authenticated or len(address) > LONGEST_ADDRESS:
        return None
    return Page(request.user.pk, address)


def marked(request: HttpRequest) -> Page | None:
    """The page that the form was sent from, by its mark; None without one, or with one that is wrong or too old."""
    try:
        return Page(*signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=KEPT))
    except signing.BadSignature:
        return None
