"""Registrations, as lists, invitations and the visibility of meetings ask for them."""

from django.db.models import QuerySet

from assemblies.registrations.models import Registration


def meetings_of(email: str) -> QuerySet:
    """The ids of meetings for which somebody registered under the address."""
    return Registration.objects.filter(email=email).values("meeting")


def who_registered() -> QuerySet[Registration]:
    """Every registration."""
    return Registration.objects.all()
