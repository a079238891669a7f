"""Which staff organise a meeting: they see what people need to take part in it."""

from collections.abc import Collection

from django.db import transaction

from assemblies.meetings.models import Meeting
from partnership import audit
from partnership.accounts.models import User
from partnership.refusals import Refusal, refuse_about_oneself


@transaction.atomic
def name_organisers(*, meeting: Meeting, people: Collection[User], by, shown: Collection[User] | None = None) -> bool:
    """Makes these staff the organisers of a meeting; returns whether anything changed.

    `shown` are those it had when `by` opened the page: whoever somebody else named or removed since stays so. Nobody names
    themselves, unless nobody on the staff organises the meeting any more. Raises Refusal, for that and where nobody would
    be left.
    """
    Meeting.objects.locked().get(pk=meeting.pk)
    before = {person.pk: person for person in meeting.organisers.all()}
    after = {person.pk: person for person in people}
    if shown is not None:
        seen = {person.pk for person in shown}
        kept = {pk: person for pk, person in before.items() if pk in after or pk not in seen}
        after = kept | {pk: person for pk, person in after.items() if pk not in seen}
    if before.keys() == after.keys():
        return False
    if not after:
        raise Refusal("Choose at least one person", "people")
    if meeting.organisers.staff().exists():
        for pk in after.keys() - before.keys():
            refuse_about_oneself(by, after[pk], "You cannot name yourself. Ask a colleague to name you.", "people")
    meeting.organisers.set(after)
    audit.record(
        by=by,
        verb="meeting.organisers_named",
        subject=meeting,
        new=sorted(str(person) for person in after.values()),
        before=sorted(str(person) for person in before.values()),
    )
    return True
