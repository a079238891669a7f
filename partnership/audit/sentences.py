"""What the audit log says of the details of an entry: a few short sentences, without what tells a reader nothing.

Each name that `audit.record` is given stands in one of the tables below.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from partnership import dates

# How many: one and several of them. None at all is not said, but where an entry is only about that.
COUNTS = {
    "absent": "person did not come,people did not come",
    "answers": "answer,answers",
    "clear_days": "clear day,clear days",
    "completed": "row filled in,rows filled in",
    "decisions": "decision,decisions",
    "deleted": "deleted,deleted",
    "documents": "document,documents",
    "elected": "person elected,people elected",
    "files": "file,files",
    "parts": "part,parts",
    "left_alone": "published meeting left as it is,published meetings left as they are",
    "left_out": "row left out,rows left out",
    "items": "item,items",
    "lines": "line,lines",
    "meetings": "meeting,meetings",
    "members": "member,members",
    "messages": "email,emails",
    "open_to_all": "of them open to everybody,of them open to everybody",
    "openings": "opening of a closed paper,openings of closed papers",
    "organisations": "organisation,organisations",
    "partners": "organisation,organisations",
    "people": "person,people",
    "people_on_lists": "person on invitation lists,people on invitation lists",
    "released": "paper released with it,papers released with it",
    "rows": "row,rows",
    "scores": "score deleted,scores deleted",
    "seats": "seat,seats",
    "sessions": "session,sessions",
    "stayed": "row stayed,rows stayed",
    "told": "person told,people told",
    "topics": "topic,topics",
    "word_notes": "thing that was not read,things that were not read",
}
NONE = {"deleted": "There was nothing to delete"}
# What is said only where it is so.
FLAGS = {
    "accepted": "Accepted",
    "recorded": "From what was recorded at the meeting",
    "address_changed": "The address was changed",
    "changed": "Their answer was changed",
    "has_conflict": "With a conflict of interest",
    "is_chair": "The chair’s seat",
    "on_behalf_of_the_place": "On behalf of the place",
    "public": "For everybody to read",
    "urgent": "Late, with a reason why it could not wait",
    "cleaned": "The file was changed, so that it can be published",
    "was_in_view": "People could see it until then",
}
# Before the value: words, names, days and lists.
WORDS = {
    "absorbed": "Merged into it",
    "adopted_on": "Adopted on",
    "answer": "They said",
    "before": "Before",
    "board": "Board",
    "closes": "Closes on",
    "councils": "Councils",
    "day_kind": "Days counted",
    "days": "Days before",
    "due_on": "Last day to publish",
    "ends_on": "Last day",
    "fields": "What changed",
    "follows": "What follows",
    "grounds": "Grounds",
    "kind": "Kind",
    "lead": "Lead",
    "meaning": "Meaning",
    "member": "Member",
    "method": "Counted by",
    "moved": "What moved",
    "new": "Now",
    "number": "Version",
    "old": "Before",
    "on": "On",
    "organisation": "Organisation",
    "other": "The other one",
    "outcome": "Outcome",
    "part": "Part",
    "places": "Places",
    "position": "Place in the order",
    "purpose": "What it is for",
    "readers": "Who may read it",
    "reason": "Reason",
    "removed": "Removed",
    "remuneration": "Pay",
    "review_on": "Looked at again on",
    "role": "What the board does",
    "rule_after": "Notice now",
    "rule_before": "Notice before",
    "scope": "Which meetings",
    "seat": "Seat",
    "source": "From",
    "stage": "Stage",
    "starts_on": "First day",
    "state": "Now",
    "successor": "Replaced by",
    "theme": "Theme",
    "title": "Title",
    "topic": "Topic",
    "until": "Until",
    "version": "Version",
    "was": "Before",
    "wording": "Subject",
}
# Numbers of rows, sizes and fingerprints: for whoever looks into the database.
NOISE = {
    "about", "bytes", "characters", "correction", "document", "entry", "file", "item", "meeting", "owner", "papers", "partner",
    "person", "replaces", "revises", "revision", "round", "run", "sha256", "type",
}  # fmt: skip
SAYS_NOTHING = ("state",)  # of the fields that changed: the act itself says it
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")


def sentences(details: Mapping[str, Any]) -> list[str]:
    """The details as sentences, without a full stop."""
    return [words for name, value in details.items() if (words := _sentence(name, value))]


def _sentence(name: str, value: Any) -> str:
    if name in NOISE or value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return FLAGS.get(name, _plain(name)) if value else ""
    if name in COUNTS and isinstance(value, int):
        one, several = COUNTS[name].split(",")
        return f"{value} {one if value == 1 else several}" if value else NONE.get(name, "")
    if name == "fields":
        value = [field for field in value if field not in SAYS_NOTHING]
    words = _value(value).removesuffix(".")  # what people wrote ends with one of its own
    return f"{WORDS.get(name, _plain(name))}: {words}" if words else ""


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _listed(f"{_plain(str(name)).lower()} {_value(each)}" for name, each in value.items() if each)
    if isinstance(value, list | tuple):
        return _listed(_value(each) for each in value)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return _day_in_words(value)
    text = "" if value == 0 else str(value)
    return _plain(text).lower() if re.fullmatch(r"[a-z]+(_[a-z]+)+", text) else text


def _day_in_words(text: str) -> str:
    try:
        return dates.moment(datetime.fromisoformat(text)) if "T" in text else dates.short_day(date.fromisoformat(text))
    except ValueError:
        return text


def _listed(parts: Iterable[str]) -> str:
    found = [part for part in parts if part]
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def _plain(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
