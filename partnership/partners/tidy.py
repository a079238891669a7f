"""Codes and lists as people copy them, put right before they are checked."""

import re

from partnership.email_addresses import tidy_address
from partnership.text import one_line


def tidy_charity_number(text: str) -> str:
    """Numbers are copied with spaces, in small letters and with "No."; the register has none of these."""
    return text.upper().replace(" ", "").removeprefix("NO.").removeprefix("NO")


def tidy_code(text: str) -> str:
    """Codes are capital letters and numbers, whatever they were copied with."""
    return re.sub(r"\s", "", text).upper()


def tidy_phone(text: str) -> str:
    """Spreadsheets drop the nought a British number begins with, and the plus before a country."""
    number = one_line(text)
    if number.isascii() and number.isdigit():
        if len(number) in (9, 10) and not number.startswith("0"):
            return f"0{number}"
        if len(number) in (11, 12) and number.startswith("44"):
            return f"+{number}"
    return number


def tidy_email(text: str) -> str:
    """The address alone, where a name stands before it in the way of mail programs: "Front desk <desk@example.org>"."""
    address = tidy_address(text)
    before, found, rest = address.partition("<")
    return rest.strip("> ") if found and "@" not in before and rest.endswith(">") else address.removeprefix("mailto:")


def tidy_company_number(text: str) -> str:
    """Spreadsheets drop the zeros a company number begins with."""
    code = tidy_code(text)
    return code.zfill(8) if code.isdigit() and 5 <= len(code) <= 8 else code


def tidy_list(text: str) -> str:
    """Names separated by commas or lines, each once, separated by a comma and a space."""
    names = [" ".join(name.split()) for name in re.split(r"[,;\n]", text)]
    return ", ".join(dict.fromkeys(name for name in names if name))
