"""Reads the names and addresses in one cell, cleaned already."""

import re
from dataclasses import dataclass

from assemblies.lists.import_people.names import ASIDE, tidy_name, without_asides
from partnership.email_addresses import tidy_address, what_is_wrong
from partnership.files.cells import short
from partnership.text import one_line

# Bounded, so that no cell, however long, takes long to search; RFC 5321 allows no more.
ADDRESS = re.compile(r"""[^\s<>()\[\]{},;:|&"\\/@]{1,64}@[^\s<>()\[\]{},;:|&"\\/@]{1,255}""")
AROUND = " \t\n<>()[]{},;:|&\"\\/'`*.-–"
JOINING = re.compile(r"^(?:and|or|mailto|e-?mail)\b|\b(?:and|or|mailto|e-?mail)$", re.IGNORECASE)
LONGEST_LABEL = 300  # what stands beside an address and is longer is no name
STRONG, MIDDLE, WEAK = r"[;|\n]", r"[;|\n/&+]|\band\b", r"[;|\n/&+,]|\band\b"


@dataclass(frozen=True)
class Address:
    """An address found in a cell, the name beside it and what stands there in brackets. `wrong`: why it cannot be used."""

    email: str
    name: str = ""
    wrong: str = ""
    aside: str = ""


def aside_of(text: str) -> str:
    """Returns the text in brackets in a name, where mail programs put the organisation; empty where there is none."""
    found = ASIDE.search(text)
    return one_line(found.group().strip("()")) if found else ""


def name_from_address(email: str) -> str:
    """Returns "Anna Smith" for anna.smith@…; empty where the address holds no two words."""
    words = [word for word in re.split(r"[._-]+", email.partition("@")[0]) if word]
    if 2 <= len(words) <= 3 and all(word.isalpha() for word in words) and len(words[-1]) > 1:
        return " ".join(word.capitalize() for word in words)
    return ""


def split_into(text: str, count: int) -> list[str]:
    """Returns the text in `count` parts at the weakest separator that gives that many; else an empty list."""
    for separator in (STRONG, MIDDLE, WEAK):
        parts = [part.strip() for part in re.split(separator, text) if part.strip(" ,.")]
        if len(parts) == count:
            return parts
    return []


def count_names(text: str) -> int:
    """Returns how many people the cell seems to name."""
    return len([part for part in re.split(MIDDLE, without_asides(text)) if part.strip()])


def split_names(text: str, count: int) -> list[str]:
    """Returns `count` names, a surname said once shared ("Ann and Bob Hill"); else an empty list."""
    parts = [tidy_name(part) for part in split_into(without_asides(text), count)]
    surname = parts[-1].split()[1:] if parts else []
    if surname and all(len(part.split()) == 1 for part in parts[:-1]):
        parts[:-1] = [" ".join([part, *surname]) for part in parts[:-1]]
    return parts


def find_addresses(text: str) -> list[Address]:
    """Returns each address in the cell once, in order; empty where there is none."""
    text = re.sub(r"[ \t]*@[ \t]*", "@", text)
    matches = list(ADDRESS.finditer(text))
    found: dict[str, Address] = {}
    for place, match in enumerate(matches):
        start = matches[place - 1].end() if place else 0
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        address = _read_address(match.group(), text[start : match.start()], text[match.end() : end], first=place == 0)
        found.setdefault(address.email, address)
    return list(found.values())


def _read_address(raw: str, before: str, after: str, *, first: bool) -> Address:
    email = tidy_address(raw.strip("'`*.’‘“”")).lower()
    tail, own = "", ""
    before, after = before[-LONGEST_LABEL:], after[:LONGEST_LABEL]
    if inside := re.match(r"\s*>?\s*\(([^)]{0,200})\)", after):
        own, after = inside.group(1), after[inside.end() :]
    elif not re.match(r"\s*($|[>)\]},;|&/\n\"']|and\b|or\b)", after):
        tail = _trimmed(after)
    beside = re.sub(r"^.*[;|\n]", "", before.lstrip(AROUND), flags=re.DOTALL)
    label = _trimmed(ASIDE.sub(" ", beside) if re.search(r"\)\W*$", beside) else beside)
    named = re.search(r"[<(\[]\s*(?:mailto:)?\s*['\"]?$", before, re.IGNORECASE) or looks_like_name(label)
    if label and not named:
        return Address(email, wrong=f"There are other words next to the address: “{short(f'{label} {email}')}”")
    if tail and not looks_like_name(tail):
        return Address(email, wrong=f"There are other words next to the address: “{short(f'{email} {tail}')}”")
    if own and not looks_like_name(own):
        own = ""
    return Address(email, name=tidy_name(label or own), wrong=what_is_wrong(email), aside=aside_of(beside))


def _trimmed(text: str) -> str:
    text = one_line(text).strip(AROUND)
    while (shorter := JOINING.sub("", text).strip(AROUND)) != text:
        text = shorter
    return text


def looks_like_name(text: str) -> bool:
    """Two to five words, each with a capital letter: enough to tell a name from a slip."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word[:1].isupper() for word in words)
