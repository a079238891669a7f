"""The directory as it lives: kept pages and stale ones, contacts, a likely duplicate, a merge, an organisation that ended.

Every contact is invented.
"""

from datetime import date, timedelta

from django.utils import timezone

from partnership.accounts.models import User
from partnership.demonstration import invented, where, who
from partnership.partners.actions import closing, contact, merge
from partnership.partners.actions import partner as directory
from partnership.partners.models import Contact, Membership, Partner, PeopleGroup

SERVES = {
    "Carers Centre": ["carers"],
    "Community Larder": ["people-on-low-incomes", "everyone"],
    "Deaf People's Forum": ["deaf-people-and-people-with-hearing-loss"],
    "Men in Sheds": ["men-and-boys", "older-people"],
    "Young Minds Together": ["children-and-young-people", "people-with-mental-health-problems"],
}
NEIGHBOURHOODS = {
    "Halton": "Runcorn, Widnes, Ditton, Hough Green",
    "Liverpool": "Speke, Garston, Toxteth, Anfield",
    "Wirral": "Birkenhead, Tranmere, New Ferry",
    "Sefton": "Bootle, Crosby, Southport",
}
ROLES = ["Chief officer", "Co-ordinator", "Chair of trustees"]


def load(people: dict[str, User]) -> None:
    """Fills the pages of the nine places' charities, and shows what staff have to do with a directory."""
    staff, today = people[who.STAFF], timezone.localdate()
    groups = {group.slug: group for group in PeopleGroup.objects.all()}
    charities = [
        (place, name, partner)
        for place in where.NINE
        for name in SERVES
        if (partner := Partner.objects.filter(name=f"{place} {name}").first())
    ]
    for number, (place, name, partner) in enumerate(charities):
        partner.groups.set([groups[slug] for slug in SERVES[name]])
        partner.neighbourhoods = NEIGHBOURHOODS.get(place, "")
        partner.email, partner.email_is_public = f"hello.{partner.slug}@example.org", number % 3 != 0
        partner.phone, partner.phone_is_public = f"0151 496 {number:04}", number % 2 == 0
        # Spread over a year and a half: some are stale, a few were never checked
        partner.checked_on = None if number % 11 == 10 else today - timedelta(days=12 * number)
        partner.save()
    _contacts(charities, today)
    Membership.objects.filter(user=people[who.REPRESENTATIVE], partner__name="Halton Carers Centre").update(
        part="officer"
    )
    _ended(staff)
    _alike(staff)


def _contacts(charities: list, today: date) -> None:
    """Most have somebody to write to; one person serves two organisations."""
    chance = invented.chance_of("contacts")
    found = []
    for number, (_, _, partner) in enumerate(charities):
        if number % 9 == 8:
            continue
        name = f"{chance.choice(invented.FIRST.split())} {chance.choice(invented.LAST.split())}"
        agreed = today - timedelta(days=90) if number % 2 else None
        found.append(
            Contact(
                partner=partner, name=name, role=ROLES[number % 3], email=who.address(name), agreed_on=agreed
            )
        )  # fmt: skip
    Contact.objects.bulk_create(found)
    one = found[0]
    Contact.objects.create(partner=found[9].partner, name=one.name, role="Trustee", email=one.email, agreed_on=today)


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
