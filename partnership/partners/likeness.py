"""Partners that may be duplicates: by number, by the domain they write from, by name.

Every name is compared only with those that share a rare word, or a rare pair of words, with it: for 10,000
organisations some tens of thousands of comparisons instead of fifty million.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations
from urllib.parse import urlsplit

from partnership.partners.matching import words_of
from partnership.partners.models import NotAlike, Partner

FIELDS = ("pk", "name", "kind", "website", "email", "ods_code", "charity_number", "company_number")
SHARED = {
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "yahoo.com", "yahoo.co.uk",
    "btinternet.com", "icloud.com", "aol.com", "sky.com", "nhs.net", "nhs.uk", "facebook.com", "wordpress.com",
    "wixsite.com", "example.org", "example.com",
}  # fmt: skip
MOST_IN_A_BLOCK = 30  # a word or domain that more of them share does not tell them apart
MOST_OF_A_DOMAIN = 5
ALIKE = 0.9  # of all letters, "Ltd" and "The" apart
A_SLIP = 0.75  # of the letters of the words that differ
BY_NUMBER, BY_DOMAIN, BY_NAME = "the same number", "the same web or email domain", "nearly the same name"


@dataclass
class Alike:
    """Two partners, by their keys, and why they may be duplicates; `score` puts the likeliest first."""

    one: int
    other: int
    score: float = 0.0
    why: list[str] = field(default_factory=list)


def pairs(most: int = 500) -> list[Alike]:
    """Returns the pairs that may be one, the likeliest first; those staff have kept apart are left out."""
    rows = list(Partner.objects.public().values(*FIELDS))
    apart = set(NotAlike.objects.values_list("one", "other"))
    found: dict[tuple[int, int], Alike] = {}
    for one, other, why, score in (*_by_number(rows), *_by_domain(rows), *_by_name(rows)):
        pair = (min(one, other), max(one, other))
        if pair not in apart:
            alike = found.setdefault(pair, Alike(*pair))
            if why not in alike.why:
                alike.why.append(why)
                alike.score += score
    return sorted(found.values(), key=lambda alike: (-alike.score, alike.one, alike.other))[:most]


Signs = Iterator[tuple[int, int, str, float]]


def _by_number(rows: Iterable[dict]) -> Signs:
    """The same digits in any of the registers, leading zeros aside: the database holds each once as written."""
    having: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for name in ("charity_number", "company_number"):
            digits = re.sub(r"\D", "", row[name]).lstrip("0")
            if len(digits) >= 5:
                having[digits].add(row["pk"])
    return _all_pairs(having, BY_NUMBER, 1.0, MOST_OF_A_DOMAIN)


def _by_domain(rows: Iterable[dict]) -> Signs:
    having: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for domain in {_domain(row["website"]), row["email"].rpartition("@")[2].lower()}:
            if domain and domain not in SHARED:
                having[domain].add(row["pk"])
    return _all_pairs(having, BY_DOMAIN, 0.8, MOST_OF_A_DOMAIN)


def _domain(website: str) -> str:
    try:
        parts = urlsplit(website)
    except ValueError:
        return ""
    return "" if parts.path.strip("/") else (parts.hostname or "").removeprefix("www.")


def _all_pairs(having: dict[str, set[int]], why: str, score: float, most: int) -> Signs:
    for pks in having.values():
        if 1 < len(pks) <= most:
            for one, other in combinations(sorted(pks), 2):
                yield one, other, why, score


def _by_name(rows: list[dict]) -> Signs:
    words = {row["pk"]: words_of(row["name"]) for row in rows}
    spelt = {pk: " ".join(sorted(found)) for pk, found in words.items()}
    numbers = {pk: {word for word in found if word.isdigit()} for pk, found in words.items()}
    for one, other in _candidates(words):
        if numbers[one] != numbers[other]:
            continue
        score = 1.0 if words[one] == words[other] else _letters(spelt[one], spelt[other])
        if score >= ALIKE and _differ_by_a_slip(words[one] - words[other], words[other] - words[one]):
            yield one, other, BY_NAME, score


def _differ_by_a_slip(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether the words they do not share are the same words spelt otherwise: Centre and Center, not Halton and Wirral."""
    if not ours or not theirs:
        return True
    return SequenceMatcher(None, " ".join(sorted(ours)), " ".join(sorted(theirs)), autojunk=False).ratio() >= A_SLIP


def _candidates(words: dict[int, frozenset[str]]) -> set[tuple[int, int]]:
    """Pairs that share a rare word, or a rare pair of words, or all their letters but a slip at the end."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for pk, found in words.items():
        some = sorted(found)[:8]
        for key in (*some, *combinations(some, 2), frozenset(found)):
            blocks[key].append(pk)
    pairs: set[tuple[int, int]] = set()
    for pks in blocks.values():
        if 1 < len(pks) <= MOST_IN_A_BLOCK:
            pairs.update(combinations(pks, 2))
    return {(min(pair), max(pair)) for pair in pairs}


def _letters(one: str, other: str) -> float:
    """How much of the letters two names share, from 0 to 1; the cheap bounds first, since most pairs are unlike."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
