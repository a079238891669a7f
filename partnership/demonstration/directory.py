"""The directory in use: pages kept up to date and stale ones, contacts, a likely duplicate, a merge, an organisation
that ended.

Every contact is invented.
"""

from datetime import date, timedelta

from django.utils import timezone

from partnership.accounts.models import User
from partnership.demonstration import invented, organisations, who
from partnership.partners.actions import closing, contact, merge, yearly_check
from partnership.partners.actions import partner as directory
from partnership.partners.models import Partner

ROLES = ["Chief officer", "Co-ordinator", "Chair of trustees"]


def load(people: dict[str, User]) -> None:
    """Checks the pages of the nine places' charities, names contacts, and shows what staff do with a directory."""
    staff, today = people[who.STAFF], timezone.localdate()
    names = [name for _, name in organisations.charities()]
    found = Partner.objects.in_bulk(names, field_name="name")
    charities = [found[name] for name in names]
    for number, partner in enumerate(charities):
        # Spread over a year and a half: some are stale, a few were never checked
        if number % 11 != 10:
            directory.confirm(partner=partner, by=staff, on=today - timedelta(days=12 * number))
    _contacts(charities, staff)
    _ended(staff)
    _alike(staff)
    yearly_check.ask_due(today)  # the clock would ask in an hour


def _contacts(charities: list[Partner], staff: User) -> None:
    """Most have somebody to write to; one person serves two organisations."""
    chance = invented.chance_of("contacts")
    found = []
    for number, partner in enumerate(charities):
        if number % 9 == 8:
            continue
        name = f"{chance.choice(invented.FIRST.split())} {chance.choice(invented.LAST.split())}"
        found.append(
            contact.save(
                partner=partner, by=staff, name=name, role=ROLES[number % 3], email=who.address(name),
                agreed=number % 2 == 1,
            )
        )  # fmt: skip
    one = found[0]
    contact.save(partner=found[9].partner, by=staff, name=one.name, role="Trustee", email=one.email, agreed=True)


def _ended(staff: User) -> None:
    """An organisation that ended, and the one that follows it."""
    follows = Partner.objects.get(name="Wirral Community Larder")
    gone = directory.add(
        by=staff, name="Birkenhead Food Club", kind=Partner.Kind.VCFSE, summary="Meals on weekdays.", illustrative=True
    )
    because = "Its volunteers and its kitchen went to a larger group."
    closing.close(partner=gone, by=staff, on=date(2021, 3, 31), because=because, successor=follows)


def _alike(staff: User) -> None:
    """One pair that staff have made one already, and two that wait to be looked at."""
    kept = Partner.objects.get(name="Sefton Carers Centre")
    twin = directory.add(by=staff, name="Sefton Carers Center", kind=Partner.Kind.VCFSE, illustrative=True)
    contact.save(partner=twin, by=staff, name="Rosa Lamb", role="Volunteer", email="rosa.lamb@example.org")
    merge.merge(kept=kept, absorbed=twin, by=staff)
    directory.add(by=staff, name="Halton Carers Centre CIC", kind=Partner.Kind.VCFSE, illustrative=True)
    directory.add(by=staff, name="Liverpool Men in Shedds", kind=Partner.Kind.VCFSE, illustrative=True)
