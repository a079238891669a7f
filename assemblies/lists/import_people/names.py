"""Names of people as they are written on an envelope: "SMITH, ANNA (she/her)" is Anna Smith."""

import re

from assemblies.lists.import_people.columns import HONORIFICS
from assemblies.lists.import_people.kinds import kind_of_name, says_role
from partnership.text import one_line

ASIDE = re.compile(r"\([^()]{0,200}\)?")
PRONOUNS = re.compile(
    r"(?:^|(?<=[\s,;|/–-]))(?:she|he|they|ze|xe|her|him|them)\s*/\s*(?:her|him|them|she|he|they|hers|his|theirs|hir|xem)s?"
    r"(?:\s*/\s*(?:her|him|them|she|he|they|hers|his|theirs|hir|xem)s?)?(?=$|[\s,;|])",
    re.IGNORECASE,
)
SQUARE = re.compile(r"\[[^\[\]]{0,200}\]?")
BEFORE_CAPITALS = re.compile(r"^(?:Ma?c|[ODod]['’`])(?=[^\W\d_]{2})")  # as in McDONALD
AROUND = " ,;|/–-\"'<>()[]"
# Honours, degrees and memberships after a name, as they are written
WRITTEN = """OBE MBE CBE KBE DBE GBE BEM KC QC JP DL MP MEP MSP PC FRS FRSA PhD DPhil MSc BSc MA BA MBA MPH MPhil MEd BEd
LLB LLM MB MBBS MBChB BM MD FRCGP MRCGP FRCP MRCP FRCS MRCS FRCN FRCPsych MRCPsych FRCPCH FFPH MFPH RN RGN RMN RMHN SRN RSCN RSW
CQSW DipSW FCA ACA ACCA CPFA CIPFA FCIPD MCIPD CEng FCIH MCIH FRPharmS MRPharmS DClinPsy Jr Sr Esq II III IV"""
AFTER_NAME = {word.lower(): word for word in WRITTEN.split()}
PARTICLES = {"van", "der", "den", "de", "la", "le", "du", "da", "di", "del", "della", "dos", "das", "von", "zu", "ten", "ter",
             "bin", "ibn", "al"}  # fmt: skip
ACRONYMS = {"NHS", "ICB", "CIC", "CVS", "GPS", "PCN"}  # stand where a name should, and are none
# After "Mac" these begin with a capital; Machin, Mack and Macey are written as one word.
AFTER_MAC = re.compile(
    r"^(?:arthur|askill|aulay|beth|bride|callum|carthy|cormack|dermott|donald|donnell|dougall?|duff|farlane|gill|gillivray|gowan"
    r"|gregor|innes|intosh|intyre|iver|ivor|kay|kenna|kenzie|kinnon|lachlan|laren|laughlin|lean|lennan|leod|mahon|manus|millan|nab"
    r"|namara|neice|neill?|phail|phee|pherson|quarrie|rae|ritchie|sween|sweeney|taggart|tavish|vicar|vie|william)s?$"
)


def tidy_name(name: str) -> str:
    """Returns a name as it is written on an envelope, without pronouns and what stands in brackets."""
    name, honours = _without_honours(one_line(without_asides(name)).strip(AROUND))
    words = [*_in_order(name), *honours]
    return " ".join(words)


def without_asides(names: str) -> str:
    """Returns the text without pronouns and what stands in brackets; names keep what separates them."""
    return PRONOUNS.sub(" ", SQUARE.sub(" ", ASIDE.sub(" ", names)))


def _without_honours(name: str) -> tuple[str, list[str]]:
    """The name, and what stands after it: honours are never a first name, and keep their letters."""
    honours: list[str] = []
    while found := re.search(r"(?<![\s,])[\s,]+([A-Za-z.]{2,10})$", name):
        word, rest = found[1].rstrip("."), name[: found.start()]
        known = AFTER_NAME.get(word.lower())
        if known is None or not (word == known or word.isupper()) or len(rest.split()) < 2:
            break  # Yo-Yo Ma is no Master of Arts
        name, honours = name[: found.start()].rstrip(" ,"), [known, *honours]
    return name, honours


def _in_order(name: str) -> list[str]:
    """The words of a name with the first names first, in small letters after the first of each word."""
    before, comma, after = (part.strip() for part in name.partition(","))
    if not comma or not after or not before:
        return _cased_words(name.split())
    after, title = _title_at_the_end(after)
    last = before.split()
    if _is_title(last[0]) and len(last) > 1:
        title, last = [last[0]], last[1:]
    honours = [AFTER_NAME.get(word.lower()) for word in last[1:]]
    if honours and honours[-1] and last[-1].isupper():
        last, honours = last[:-1], honours[-1:]
    else:
        honours = []
    first = after.split()
    if "," in after or not _is_surname(last) or len(first) > 3 or _is_no_name(after):
        return [name]
    cased = (
        _cased_words(first, shouts=_is_shouted(first)),
        _cased_words(last, shouts=_is_shouted(last), after_first=True),
    )
    return [*map(_cased, title), *cased[0], *cased[1], *filter(None, honours)]


def _title_at_the_end(after: str) -> tuple[str, list[str]]:
    """The first names of "SMITH, ANNA, DR", and the title."""
    first, comma, title = after.rpartition(",")
    return (first.strip(), [title.strip()]) if comma and _is_title(title.strip()) else (after, [])


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in HONORIFICS


def _is_shouted(words: list[str]) -> bool:
    """Whether the words are in capitals, but for particles and what McDONALD begins with."""
    said = [BEFORE_CAPITALS.sub("", word) for word in words if word not in PARTICLES]
    return any(len(word) > 1 for word in said) and all(word.isupper() for word in said)


def _is_surname(words: list[str]) -> bool:
    """One or two words, and the particles before them."""
    return len(words) == 1 or 1 <= len([word for word in words if word.lower() not in PARTICLES]) <= 2


def _is_no_name(text: str) -> bool:
    """Whether a role or an organisation stands behind the comma, as in "Ann Hill, Chair" or "Ann Hill, Leeds Mind"."""
    return says_role(text) or bool(kind_of_name(text))


def _cased_words(words: list[str], *, shouts: bool | None = None, after_first: bool = False) -> list[str]:
    if shouts is None:
        shouts = len(words) > 1 and len(" ".join(words)) > 5 and _is_shouted(words)
    if shouts:
        last = len(words) - 1
        return [_cased(word, small=(place > 0 or after_first) and place < last) for place, word in enumerate(words)]
    return _surname_in_capitals(words)


def _surname_in_capitals(words: list[str]) -> list[str]:
    """Anna SMITH is Anna Smith, and Jan VAN DER BERG is Jan van der Berg; the name of an organisation stays."""
    start = len(words)
    while start > 1 and BEFORE_CAPITALS.sub("", words[start - 1]).isupper() and words[start - 1] not in ACRONYMS:
        start -= 1
    shouted = words[start:]
    if start == len(words) or not any(word[:1].isupper() and not word.isupper() for word in words[:start]):
        return words
    if max(len(word) for word in shouted) < 3:
        return words
    last = len(shouted) - 1
    return words[:start] + [_cased(word, small=place < last) for place, word in enumerate(shouted)]


def _cased(word: str, *, small: bool = False) -> str:
    """The word of a name written in capitals as it is written otherwise; `small` for a particle inside a name."""
    lower = word.lower()
    if small and lower in PARTICLES:
        return lower
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", word):
        return word  # J.R.
    return "-".join(_cased_part(part) for part in lower.split("-"))


def _cased_part(part: str) -> str:
    before, apostrophe, after = re.match(r"^([^'’`]?)(['’`]?)(.*)$", part, re.DOTALL).groups()  # type: ignore[union-attr]
    if apostrophe and before:
        return f"{before.upper()}{apostrophe}{_cased_part(after)}"
    if part.startswith("mc") and len(part) > 3:
        return f"Mc{part[2:].capitalize()}"
    if part.startswith("mac") and AFTER_MAC.match(part[3:]):
        return f"Mac{part[3:].capitalize()}"
    return re.sub(r"[^\W\d_]", lambda letter: letter.group().upper(), part, count=1)
