"""One person read from a file, or the attempt."""

from dataclasses import dataclass

from partnership.text import holds_web_address, is_no_name

ADD, MERGE, REFUSE = "add", "merge", "refuse"
LONGEST = {"name": 200, "organisation": 200, "role": 120}


@dataclass
class Found:
    """A person read from the file, or the attempt. `part` counts the people within one row from 0."""

    number: int
    part: int
    outcome: str
    reason: str = ""
    email: str = ""
    name: str = ""
    organisation: str = ""
    kind: str = ""
    role: str = ""
    place: str = ""
    name_guessed: bool = False


def bounded(person: Found) -> Found:
    """Refuses what is too long to be meant, or is no name, and keeps the start of it to be corrected."""
    for what, most in LONGEST.items():
        value = getattr(person, what)
        if len(value) > most:
            setattr(person, what, value[:most])
            if person.outcome == ADD:
                person.outcome, person.reason = REFUSE, f"The {what} is longer than {most} letters"
    if person.outcome == ADD and is_no_name(person.name):
        person.outcome, person.reason = REFUSE, "The name holds an email or web address: enter the name alone"
    if person.outcome == ADD and holds_web_address(person.organisation):
        person.outcome, person.reason = REFUSE, "The organisation holds a web address: enter its name alone"
    return person
