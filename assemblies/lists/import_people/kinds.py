"""What kind of organisation a word or a name means, and what names a role. The values are those of `Partner.Kind`."""

import re

WORDS = {
    "vcfse": (
        "charity|charities|charitable|voluntary|volunteer|vcfse|vcse|vcs|vcsfe|third sector"
        "|voluntary sector|community|community group|community sector|faith|faith group|social enterprise"
        "|cic|community interest company|cio|ngo|not for profit|non profit|nonprofit"
        "|voluntary and community|voluntary community|user led|civil society"
    ),
    "nhs_trust": (
        "nhs|nhs trust|trust|foundation trust|nhs foundation trust|hospital|hospital trust|acute"
        "|acute trust|mental health trust|community trust|ambulance|ambulance trust|provider trust"
        "|nhs provider|health"
    ),
    "icb": "icb|integrated care board|ics|nhs icb|integrated care system|commissioner",
    "sub_icb": "ccg|clinical commissioning group|sub icb|sub icb location|former ccg",
    "council": (
        "council|local authority|local government|la|borough|borough council|city council|county council"
        "|district council|town council|parish council|metropolitan borough council|public health"
        "|social care|adult social care|combined authority|unitary"
    ),
    "gp_federation": (
        "gp|gps|gp practice|gp federation|federation|general practice|practice|surgery|primary care|doctor"
    ),
    "pcn": "pcn|primary care network",
    "healthwatch": "healthwatch|health watch|local healthwatch",
    "care_provider": (
        "care provider|care home|nursing home|home care|domiciliary care|social care provider|independent care"
    ),
    "housing": "housing|housing association|registered provider|social landlord|landlord",
    "education": ("education|school|college|university|academy|higher education|further education|academic|schools"),
    "business": "business|private|private sector|company|ltd|commercial|industry|corporate",
    "other": ("other|police|fire|fire and rescue|public|resident|citizen|patient|government|public sector|mp|dwp"),
}
KIND_OF_WORD = {word: kind for kind, words in WORDS.items() for word in words.split("|")}

# Read from the top: "Council for Voluntary Service" is no council.
NAMES = [
    (
        "vcfse",
        (
            r"voluntary (service|action|sector)|\bcvs\b|age uk|citizens advice|\bmind\b|mencap|barnardo"
            r"|\bcic\b|\bcharit|\bvolunt|community interest|hospice|foodbank|food bank|samaritans|\bcarers\b"
            r"|\bchurch|\bmosque|\bdiocese"
        ),
    ),
    ("healthwatch", r"^healthwatch"),
    ("icb", r"integrated care (board|system)|\bicb\b|\bics\b"),
    ("sub_icb", r"clinical commissioning|\bccg\b"),
    ("pcn", r"primary care network|\bpcn\b"),
    (
        "gp_federation",
        (
            r"\bgp\b|federation of general practi|surgery$|medical (centre|practice)$|\bpractice$"
            r"|health centre$"
        ),
    ),
    ("nhs_trust", r"nhs (foundation )?trust|\bhospitals?\b.*\btrust|nhs ft$|ambulance service|\bnhsft\b"),
    ("education", r"\b(university|college|school|academy)\b"),
    ("housing", r"\b(housing|homes)\b"),
    ("care_provider", r"\b(care|nursing) homes?\b|home ?care\b"),
    (
        "council",
        (
            r"\bcouncil$|\b(borough|city|county|district|metropolitan|town|parish) council\b|\bm?bc$"
            r"|^london borough|combined authority"
        ),
    ),
    ("other", r"\b(police|fire)\b"),
    ("vcfse", r"\b(community|foundation|trust|association|society|project|group|forum|alliance)\b"),
    ("business", r"\b(ltd|limited|plc|llp)\b"),
]
LONGEST_NAME = 300  # what is longer is no name of an organisation
ROLE_WORDS = re.compile(
    r"\b(manager|director|officer|chair|lead|co ?ordinator|chief|head|trustee|ceo|coo|cfo|treasurer|secretary|nurse"
    r"|doctor|gp|consultant|worker|assistant|adviser|advisor|councillor|leader|administrator|partner|volunteer|deputy|president"
    r"|commissioner|analyst|practitioner|executive|founder|organiser|member|engineer|pharmacist|therapist)s?\b"
)
PATTERNS = [(kind, re.compile(pattern)) for kind, pattern in NAMES]


def plain(text: str) -> str:
    """Returns the words alone, in small letters."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def kind_of_word(text: str) -> str:
    """Returns the kind a cell like "Charity" or "NHS trust" means; empty where it is not known."""
    text = text[:LONGEST_NAME]
    words = plain(text)
    if words in KIND_OF_WORD:
        return KIND_OF_WORD[words]
    single = words.removesuffix("s")
    if single in KIND_OF_WORD:
        return KIND_OF_WORD[single]
    for part in re.split(r"[/,;()&]|\bor\b|\band\b|–| - ", text.lower()):
        if plain(part) in KIND_OF_WORD:
            return KIND_OF_WORD[plain(part)]
    return ""


def kind_of_name(organisation: str) -> str:
    """Returns the kind that an organisation's name suggests; empty where it suggests none."""
    words = plain(organisation[:LONGEST_NAME])
    return next((kind for kind, pattern in PATTERNS if pattern.search(words)), "") if words else ""


def says_role(text: str) -> bool:
    """Whether the words name what somebody does, like "Chair" or "Practice manager"."""
    return bool(ROLE_WORDS.search(text[:LONGEST_NAME].lower()))
