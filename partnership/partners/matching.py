"""Which partner a name typed by somebody means."""

import re
from collections import defaultdict

from partnership.partners.models import Partner

SMALL_WORDS = {
    "the",
    "of",
    "and",
    "for",
    "in",
    "ltd",
    "limited",
    "plc",
    "cic",
    "cio",
    "uk",
    "inc",
    "st",
    "saint",
    "org",
}
SHORT_FORMS = {
    "ft": "foundation trust",
    "nhsft": "nhs foundation trust",
    "mbc": "metropolitan borough council",
    "bc": "borough council",
    "cc": "county council",
    "cvs": "council voluntary service",
    "icb": "integrated care board",
    "hosp": "hospital",
    "hospitals": "hospital",
    "univ": "university",
    "gp": "general practice",
}


def words_of(name: str) -> frozenset[str]:
    """Returns the words that tell one name from another, short forms written out."""
    plain = re.findall(r"[a-z0-9]+", name.lower().replace("'", "").replace("’", ""))
    long = " ".join(SHORT_FORMS.get(word, word) for word in plain).split()
    return frozenset(word for word in long if word not in SMALL_WORDS) or frozenset(long)


class PartnersByName:
    """Finds partners by name, exact or alike. Reads the directory once; asks nothing more of the database."""

    def __init__(self, partners) -> None:
        self._exact: dict[str, Partner] = {}
        self._by_words: dict[frozenset[str], list[Partner]] = defaultdict(list)
        self._holding: dict[str, set[frozenset[str]]] = defaultdict(set)
        self._found: dict[str, Partner | None] = {}
        for partner in partners:
            words = words_of(partner.name)
            self._exact[partner.name.casefold()] = partner
            self._by_words[words].append(partner)
            for word in words:
                self._holding[word].add(words)

    def find(self, name: str) -> Partner | None:
        """Returns the one partner the name means; None where there is none, or where it could mean more than one."""
        key = " ".join(name.split()).casefold()
        if not key:
            return None
        if key not in self._found:
            self._found[key] = self._exact.get(key) or self._alike(words_of(key))
        return self._found[key]

    def _alike(self, words: frozenset[str]) -> Partner | None:
        """The same words in another order; else the one name that holds these words, or is held in them, by half."""
        if same := self._by_words.get(words):
            return same[0] if len(same) == 1 else None
        near = {other for word in words for other in self._holding.get(word, ()) if words < other or other < words}
        meant = [partner for other in near if _half(other, words) for partner in self._by_words[other]]
        return meant[0] if len(meant) == 1 else None


def _half(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer, more = sorted((len(one), len(other)))
    return fewer >= 2 and fewer * 2 >= more
