"""What those who sit on boards declared: all of it invented. Nobody who is named in a public paper declares an interest here."""

from datetime import date, timedelta

from partnership.accounts.models import User
from partnership.demonstration import who
from partnership.demonstration.days import at
from partnership.interests import asked
from partnership.interests.actions import interest as interests
from partnership.interests.actions import interests_return
from partnership.interests.interest_kinds import Code, Kind

ILLUSTRATIVE = "Illustrative."
# By the rules under which they declare, in turn for those whose names are invented
DECLARED = {
    Code.COUNCIL: (
        (Kind.PECUNIARY, "A cleaning firm", f"Owns half of its shares. {ILLUSTRATIVE}"),
        (Kind.REGISTRABLE, "A community centre", f"Trustee, appointed by the council. {ILLUSTRATIVE}"),
        None,
    ),
    Code.HEALTH: (
        None,
        (Kind.FINANCIAL, "A consultancy for health services", f"Director, paid. {ILLUSTRATIVE}"),
        (Kind.PROFESSIONAL, "A royal college", f"Member of its council, unpaid. {ILLUSTRATIVE}"),
        None,
        (Kind.INDIRECT, "A care home", f"A relative manages it. {ILLUSTRATIVE}"),
        (Kind.PERSONAL, "A campaign for cycling", f"Chairs it, unpaid. {ILLUSTRATIVE}"),
    ),
}
WITHHELD = f"Details could lead to threats against a relative. {ILLUSTRATIVE}"
OFFICER = "Jo Marlow, monitoring officer (illustrative)"


def load(people: dict[str, User], today: date) -> None:
    """Everybody who is asked declares on some day of the last year, but one who is late, with whose name nobody signs in."""
    named = set(who.IN_PUBLIC_ROLES)
    signing_in = {person.pk for person in people.values()}
    turn = dict.fromkeys(Code, 0)
    due = asked.everybody(today)
    late = next((each for each in reversed(due) if each.person.pk not in signing_in), None)
    for number, each in enumerate(due):
        if each == late:
            continue
        when = at(max(today - timedelta(days=30 + number * 7 % 300), min(each.since, today)), "10:00")
        row = None
        if each.person.name not in named:
            row = DECLARED[each.code][turn[each.code] % len(DECLARED[each.code])]
            turn[each.code] += 1
        if row:
            kind, body, nature = row
            withheld = WITHHELD if kind == Kind.INDIRECT else ""
            made = interests.declare(
                person=each.person, by=each.person, kind=kind, body=body, nature=nature,
                arose_on=when.date() - timedelta(days=400), withheld_because=withheld, now=when,
            )  # fmt: skip
            if withheld:
                interests.agree_to_withhold(interest=made, by=people[who.STAFF], agreed_by=OFFICER)
        interests_return.confirm(person=each.person, code=each.code, by=each.person, is_nil=row is None, now=when)
