"""The kinds of notice that a council's executive publishes, as data. Source: regulations 5 and 9 to 11 of the Local Authorities
(Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012; DOMAIN §2."""

from dataclasses import dataclass

from django.db import models

REGULATIONS = "the Executive Arrangements (Meetings and Access to Information) (England) Regulations 2012"
THEY_READ_IT = "The public will read this."


class Kind(models.TextChoices):
    KEY = "key", "Notice of a key decision"
    KEY_SCRUTINY = "key-scrutiny", "Notice to the scrutiny chair of a key decision"
    KEY_URGENT = "key-urgent", "Agreement that a key decision is urgent"
    PRIVATE = "private", "Notice of a private meeting"
    PRIVATE_SECOND = "private-second", "Second notice of a private meeting"
    PRIVATE_URGENT = "private-urgent", "Agreement that a private meeting is urgent"


OF_KEY_DECISIONS = (Kind.KEY, Kind.KEY_SCRUTINY, Kind.KEY_URGENT)
OF_PRIVATE_MEETINGS = (Kind.PRIVATE, Kind.PRIVATE_SECOND, Kind.PRIVATE_URGENT)


@dataclass(frozen=True)
class About:
    """What people read of a kind: its regulation; what is said while it is missing, with `{until}`; its button; the question for
    its reasons, "" where it gives none."""

    source: str
    missing: str
    button: str
    reasons: str = ""
    hint: str = THEY_READ_IT


ABOUT = {
    Kind.KEY: About(
        "regulation 9", "Its notice must be published by {until}, 28 clear days before.", "Publish the notice"
    ),
    Kind.KEY_SCRUTINY: About(
        "regulation 10",
        "It is too late for 28 clear days’ notice. Tell the scrutiny chair, and publish that notice by {until}, with why 28 days "
        "were impracticable.",
        "Publish the notice to the scrutiny chair",
        "Why 28 clear days’ notice was impracticable",
        f"{THEY_READ_IT} The decision can be taken once 5 clear days have passed.",
    ),
    Kind.KEY_URGENT: About(
        "regulation 11",
        "It is too late for notice. It can only be taken if the scrutiny chair agrees that it is urgent and cannot reasonably be "
        "deferred: publish that agreement, and why.",
        "Publish the agreement",
        "Why the decision is urgent and cannot reasonably be deferred",
    ),
    Kind.PRIVATE: About(
        "regulation 5(2)",
        "The notice of that must be published by {until}, 28 clear days before.",
        "Publish the notice",
        "Why it is to be held in private",
    ),
    Kind.PRIVATE_SECOND: About(
        "regulation 5(4)",
        "The second notice of that must be published by {until}, with the representations received and the answer.",
        "Publish the second notice",
        "Why it is to be held in private",
    ),
    Kind.PRIVATE_URGENT: About(
        "regulation 5(6)",
        "It has not had the two notices in time. It can only be private if the scrutiny chair agrees that it is urgent and "
        "cannot reasonably be deferred: publish that agreement, and why.",
        "Publish the agreement",
        "Why the meeting is urgent and cannot reasonably be deferred",
        f"{THEY_READ_IT} Say also why it is held in private.",
    ),
}
