"""Email addresses as people type, paste and import them: put right where that is sure, and refused in words."""

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from partnership.text import one_line, straight

LONGEST = 254  # RFC 5321, and of our columns
DASHES = dict.fromkeys(map(ord, "‐‑‒–"), "-")  # what word processors make of a hyphen


class AddressValidator(EmailValidator):
    """An address at a domain: mail to the number of a computer, as in ann@[10.0.0.1], goes nowhere."""

    def validate_domain_part(self, domain_part: str) -> bool:
        return self.domain_regex.match(domain_part) is not None


def tidy_address(text: str) -> str:
    """Returns the text as one line, without what cannot be seen, its apostrophes and hyphens as keyboards write them."""
    return straight(one_line(text)).translate(DASHES)


def what_is_wrong(address: str) -> str:
    """Returns what keeps the text from being an email address; empty where it is one."""
    shown, domain = f"{address[:59]}…" if len(address) > 60 else address, address.rpartition("@")[2]
    if len(address) > LONGEST:
        return f"“{shown}” is too long for an email address"
    try:
        AddressValidator()(address)
    except ValidationError:
        kinds = [
            ("@" not in address, "is not an email address: it has no @"),
            (".." in address, "has two dots in a row"),
            (domain.startswith("["), "names a computer by its number: use an address like name@example.org"),
            (
                "." not in domain,
                "is not a full email address: the part after the @ needs a dot, like example.org",
            ),
            (True, "is not an email address: check it for a mistake"),
        ]
        return f"“{shown}” {next(why for applies, why in kinds if applies)}"
    return ""
