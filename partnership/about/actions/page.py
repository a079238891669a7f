"""What a page says is changed here."""

from django.db import transaction

from partnership import audit
from partnership.about.models import Page
from partnership.audit.edit_conflict import refuse_if_stale


@transaction.atomic
def save(*, name: str, by, text: str, revision: int | None = None) -> Page:
    """Gives the page these words, and returns it. Without a change there is no new revision.

    Raises Stale when somebody else changed them since `revision`.
    """
    Page.objects.get_or_create(name=name)
    page = Page.objects.select_for_update().get(name=name)
    if page.text == text:
        return page
    refuse_if_stale(page, revision, ["text"])
    page.text = text
    page.revision += 1
    page.save()
    audit.record(by=by, verb="page.changed", subject=page, revision=page.revision, fields=["text"])
    return page
