"""What this app holds about people, and until when."""

from django.conf import settings

from assemblies.meetings.models import Meeting
from assemblies.voice.models import PartnerAnswer
from partnership import dates, retention

retention.personal(
    "voice.PartnerAnswer",
    what="who answered a call for views for an organisation",
    fields=("given_by", "changed_by"),
    seen_by="the representative and the organisation’s own members",
    until=f"{dates.how_long(settings.ATTENDEES_KEPT_DAYS)} after the meeting; the organisation’s answer is kept",
)


@retention.deletes(retention.ATTENDEES)
def answers_without_names(meeting: Meeting) -> dict[str, int]:
    """What partners answered to calls for views stays, without the people who wrote it."""
    answers = PartnerAnswer.objects.filter(call__meeting=meeting)
    return {"answers_without_names": answers.update(given_by=None, changed_by=None)}
