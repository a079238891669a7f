"""People: those named in public papers in public roles, and invented ones to sign in as. Addresses are invented."""

from django.utils.text import slugify

from partnership.accounts.models import User

STAFF = "Priya Raman"
COLLEAGUE = "Ellen Marsh"  # a second member of staff, for what nobody decides alone
CHAIR = "Alan Yates"
OTHER_CHAIR = "Ruth Adeyemi"
WORKSTREAM_LEAD = "Colin Birch"
PARTNER_OFFICER = "Hayley Ormandy"
MEMBER = "Grace Okafor"
REPRESENTATIVE = "Imran Sheikh"
CHIEF_EXECUTIVE = "Kevin Lavery"
LEADER = "Moira Fenwick"  # of the council whose cabinet is invented
SOLICITOR = "Farah Iqbal"  # signs what reports say of the law
APPLICANT = "Tom Ashby"  # waits to be accepted as a member of an organisation
LEAD_OF_2020 = "Joe Hannett"  # of the voluntary sector in Central Lancashire, July 2020

INVENTED = [STAFF, COLLEAGUE, OTHER_CHAIR, WORKSTREAM_LEAD, MEMBER, REPRESENTATIVE, LEADER, SOLICITOR, APPLICANT]
DIRECTORS = {
    "Blackburn with Darwen": "Claire Richardson",
    "Blackpool": "Karen Smith",
    "Lancashire": "Louise Taylor",
    "South Cumbria": "Jane Scattergood",
}
IN_PUBLIC_ROLES = [
    CHAIR,
    PARTNER_OFFICER,
    "Sam Hepplewhite",
    *DIRECTORS.values(),
    CHIEF_EXECUTIVE,
    LEAD_OF_2020,
]
PLACE_LEADS = {
    "Cheshire East": "Nadia Rahman",
    "Cheshire West and Chester": "Owen Pritchard",
    "Halton": "Beth Linley",
    "Knowsley": "Marcus Obi",
    "Liverpool": "Sheila Donnelly",
    "Sefton": "Ravi Menon",
    "St Helens": "Joan Ackers",
    "Warrington": "Peter Lowe",
    "Wirral": "Ama Boateng",
}


def address(name: str) -> str:
    """The invented address of a person."""
    return f"{slugify(name).replace('-', '.')}@example.org"


def load() -> dict[str, User]:
    """Creates everybody who can sign in; returns them by name."""
    names = [*INVENTED, *IN_PUBLIC_ROLES, *PLACE_LEADS.values()]
    kinds = dict.fromkeys((STAFF, COLLEAGUE), User.objects.create_staff)
    return {name: kinds.get(name, User.objects.create_user)(address(name), name=name) for name in names}
