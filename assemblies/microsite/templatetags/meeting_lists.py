"""The next meetings of all, for the start page."""

from django import template
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.microsite import panels

register = template.Library()


@register.inclusion_tag("microsite/_coming.html")
def next_meetings(count: int = panels.SHOWN) -> dict[str, object]:
    """Shows the next public meetings, or says that there are none."""
    more = reverse("meetings")
    return panels.next_meetings(Meeting.objects.public(), more, reverse("calendar"), f"{more}?when=past", count)
