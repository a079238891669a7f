"""One person for each role, as the demonstration knows them; the loader makes them, `/sign-in-as/` offers them."""

from typing import NamedTuple

from partnership.accounts.models import User


class DemonstrationPerson(NamedTuple):
    role: str
    email: str
    what_to_try: str


PEOPLE = [
    DemonstrationPerson(
        "Partnership staff", "priya.raman@example.org", "See which lists are not signed off, then send the invitations."
    ),
    DemonstrationPerson(
        "Second member of staff",
        "ellen.marsh@example.org",
        "Sign off a report, and decide what a colleague asked for: a paper withdrawn, a vote that changes hands.",
    ),
    DemonstrationPerson(
        "Chair of a board", "alan.yates@example.org", "Publish the agenda of the board in public before its last day."
    ),
    DemonstrationPerson(
        "Chair of another board", "ruth.adeyemi@example.org", "See that someone else's agenda is not yours to publish."
    ),
    DemonstrationPerson(
        "Chair of a board that meets in common",
        "jonas.birch@example.org",
        "Read the draft of an agenda that the chair of another board publishes.",
    ),
    DemonstrationPerson("Place lead", "marcus.obi@example.org", "Draw up Knowsley's invitation list, and sign it off."),
    DemonstrationPerson(
        "Workstream lead", "colin.birch@example.org", "Write a report for the board, and change one that came back."
    ),
    DemonstrationPerson(
        "Partner officer",
        "hayley.ormandy@example.org",
        "Works for a partner: registers in one step, names who follows in a seat.",
    ),
    DemonstrationPerson(
        "Member of a voluntary organisation",
        "grace.okafor@example.org",
        "Say what your organisation thinks before the assembly; read what your representative brought back.",
    ),
    DemonstrationPerson(
        "Representative",
        "imran.sheikh@example.org",
        "Read what members answered, sum it up as a paper, and report back from the last board.",
    ),
    DemonstrationPerson(
        "New member", "tom.ashby@example.org", "Waits for staff to accept the membership of Sefton Men in Sheds."
    ),
]


def offered() -> list[tuple[DemonstrationPerson, User]]:
    """Those of PEOPLE who are in the database, in their order, each with their user."""
    emails = [person.email for person in PEOPLE]
    users = {user.email: user for user in User.objects.filter(email__in=emails, is_active=True)}
    return [(person, users[person.email]) for person in PEOPLE if person.email in users]
