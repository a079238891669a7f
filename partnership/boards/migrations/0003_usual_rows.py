"""A beginning that staff change as they need: when to tell of a term that ends, what a new holder does, what words mean."""

from django.db import migrations

NOTICES = [90, 30]

# title, what to do, where to read more, days after the first day in the seat, names a buddy
STEPS = [
    ("Know your role", "Read the board's terms of reference and what your seat is there for. Ask the chair what is not clear.", "", 7, False),
    ("See who else speaks for which organisations", "Look at how the boards fit together, and who sits where.", "/boards/structure/", 14, False),
    ("Keep the jargon list at hand", "It says in plain words what people will say in initials. Tell us what is missing.", "/jargon/", 14, False),
    ("Agree what stays confidential", "Some papers are not public. Know which, and why, before you see the first.", "", 7, False),
    ("Declare your interests", "Money, work, family and friends: say what others could think sways you. The board decides with you what follows.", "", 14, False),
    ("Agree to the code of conduct", "The seven principles of public life, and how members of this board treat each other.", "", 14, False),
    ("Know what you can claim", "Travel, childcare, care for someone, and your organisation's time, where the seat offers it. Nobody should pay to take part.", "", 30, False),
    ("Meet your buddy", "Somebody who knows the board goes through your first papers with you. Write their name here once you have met.", "", 30, True),
]  # fmt: skip

JARGON = [
    ("Alliance", "Organisations of one sector that choose people to speak for all of them."),
    ("Assembly", "A large meeting of all who work in a place or a system. It talks together; it takes no decisions."),
    ("Backfill", "Money for an organisation so that someone else does your work while you sit on a board."),
    ("Clear days", "Days between publishing an agenda and the meeting. Neither the first nor the last day counts."),
    ("Constituency", "The people or organisations a seat speaks for."),
    ("Co-opted", "Asked onto a board by its members, because of what they know."),
    ("Delegation", "One body lets another decide for it, within limits that are written down."),
    ("Ex officio", "Holding a seat because of the post you have; whoever follows you in the post follows you in the seat."),
    ("Exempt item", "Something a board may talk about in private, for a reason the law lists."),
    ("Footprint", "The area a place or a service covers."),
    ("HWB", "Health and wellbeing board: a committee of a council where health, care and others plan together."),
    ("ICB", "Integrated care board: the NHS body that plans and pays for most health services in an area."),
    ("ICP", "Integrated care partnership: councils, the NHS and others who write the plan for an area's health together."),
    ("ICS", "Integrated care system: everyone in an area who plans and provides health and care, taken together."),
    ("Neighbourhood", "The smallest area in which services plan together, often 30,000 to 50,000 people."),
    ("PCN", "Primary care network: family doctors' practices that work together."),
    ("Place", "A town, borough or county whose partners plan together; smaller than the system."),
    ("Quorum", "How many members, and which, must be there before a board may decide."),
    ("Section 75", "An agreement by which the NHS and a council put money for a service into one pot."),
    ("System", "The whole area an integrated care board covers."),
    ("Terms of reference", "The paper that says what a board is for, who sits on it and how it decides."),
    ("VCFSE", "Voluntary, community, faith and social enterprise organisations."),
]  # fmt: skip


def add(apps, schema_editor) -> None:
    period = apps.get_model("boards", "NoticePeriod")
    period.objects.bulk_create([period(days_before=days) for days in NOTICES], ignore_conflicts=True)
    step = apps.get_model("boards", "InductionStep")
    if not step.objects.exists():
        step.objects.bulk_create(
            step(title=title, words=words, link=link, days_after=days, names_buddy=buddy, position=position)
            for position, (title, words, link, days, buddy) in enumerate(STEPS)
        )
    term = apps.get_model("boards", "JargonTerm")
    term.objects.bulk_create([term(term=word, meaning=says) for word, says in JARGON], ignore_conflicts=True)


def keep(apps, schema_editor) -> None:
    """What staff may have changed since is theirs: the tables go with the migrations before this one."""


class Migration(migrations.Migration):
    dependencies = [("boards", "0002_renew_pages"), ("page_cache", "0002_first_stamp")]
    operations = [migrations.RunPython(add, keep)]
