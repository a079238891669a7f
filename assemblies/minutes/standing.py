"""How a version of minutes stands, in the words that page, PDF and lists say alike."""

from collections.abc import Iterable
from typing import NamedTuple

from assemblies.minutes.models import MinutesVersion
from partnership import dates


class Standing(NamedTuple):
    label: str
    colour: str
    words: str


def newest_agreed(versions: Iterable[MinutesVersion]) -> MinutesVersion | None:
    """Of versions of the same minutes, the newest first, the one that stands; None where none was agreed."""
    return next((each for each in versions if each.is_agreed), None)


def standing_of(version: MinutesVersion, newest: MinutesVersion | None = None) -> Standing:
    """How it stands; `newest`: the newest agreed version, where the page knows it."""
    if newest and newest.agreed_at and newest.number > version.number:
        said = f"Replaced by version {newest.number}, agreed on {dates.moment(newest.agreed_at)}."
        return Standing("Replaced", "grey", said)
    if version.confirmed_at and version.confirmed_meeting:
        meeting = version.confirmed_meeting
        day = dates.short_day(meeting.starts_at)
        return Standing("Confirmed", "green", f"Confirmed on {day}, at {meeting}.")
    if version.agreed_at:
        who = f"{version.agreed_by}, acting for {version.agreed_for}," if version.agreed_for else "the chair"
        agreed = f"Agreed by {who} on {dates.moment(version.agreed_at)}, not yet confirmed by the board."
        return Standing("Agreed", "turquoise", agreed)
    if version.circulated_at and version.corrections_by:
        until = dates.day(version.corrections_by)
        return Standing(
            "Circulated", "yellow", f"With those who were there, for corrections until {until}. Not public."
        )
    return Standing("Draft", "grey", "Being written: only staff and the chair see it.")
