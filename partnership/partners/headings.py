"""The headings of the directory as a table. Loads no Django: the process that reads a file knows them too."""

import re

KEY = "Address on the portal"
OF_FIELDS = {
    "name": "Name",
    "kind": "Kind",
    "summary": "What it does",
    "groups": "Groups of people it serves",
    "places": "Places",
    "neighbourhoods": "Neighbourhoods",
    "website": "Website",
    "email": "Email",
    "email_is_public": "Email is public",
    "phone": "Phone",
    "phone_is_public": "Phone is public",
    "address": "Postal address",
    "address_is_public": "Address is public",
    "ods_code": "ODS code",
    "gss_code": "GSS code",
    "charity_number": "Charity number",
    "company_number": "Company number",
    "income_band": "Yearly income",
}
HEADINGS = [KEY, *OF_FIELDS.values()]


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z]", "", heading.lower())


BY_WORDS = {_plain(heading): heading for heading in HEADINGS}


def heading(cell: str) -> str | None:
    """Returns the heading a cell means, however it is spaced and whatever its case; None for any other."""
    return BY_WORDS.get(_plain(cell))


def headings_named(row: list[str]) -> int:
    """Returns how many headings the row names; 0 unless one of them says which organisation a row is about."""
    found = {known for cell in row if (known := heading(cell))}
    return len(found) if found & {KEY, "Name"} else 0
