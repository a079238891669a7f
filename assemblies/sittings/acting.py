"""Who can take on an action at a meeting."""

from django.db.models import Q

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from partnership.accounts.models import User


def people_of(meeting: Meeting):
    """Everybody who holds or held a seat on a board of the meeting, their deputies, staff, and who leads an item; by name."""
    boards = [board.pk for board in boards_of(meeting)]
    sits = Q(appointments__seat__board__in=boards) | Q(deputises__seat__board__in=boards)
    leads = Q(pk__in=meeting.planned_items.exclude(lead=None).values("lead"))
    staff = Q(pk__in=User.objects.staff().values("pk"))
    return User.objects.filter(sits | leads | staff, is_active=True).distinct().order_by("name")
