"""Who took part in meetings, beside the seats that each sector has."""

from datetime import date

from django.http import HttpRequest

from assemblies.invitations.models import Invitation
from assemblies.registrations.attendance import attendance
from partnership import panels
from partnership.panels import Panel


@panels.on("representation.map")
def took_part(day: date, request: HttpRequest) -> Panel:
    """Attendances in the year up to the day, by sector."""
    return Panel("registrations/_took_part.html", {"attendance": attendance(day)})


@panels.on("invitation.answer")
def answer_for_them(invitation: Invitation, request: HttpRequest) -> Panel:
    return Panel("registrations/invitation/_answer.html")
