"""What there is to do for a meeting, for the person who looks: by group, each task with its state and address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.invitations.models.invitation import ANSWERED
from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import why_closed
from assemblies.meetings.rules import chairs, chairs_in_common
from assemblies.organising import readiness
from assemblies.organising.forms.meeting_sections import SECTIONS
from assemblies.papers import deadline
from assemblies.questions import asking
from assemblies.questions.models import Question
from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from places.footprint.models import Place

DONE, PARTLY, NOT_STARTED, OPTIONAL = "Done", "Partly done", "Not started", "Optional"
GO_AHEAD = "Go ahead"
LETTER = SECTIONS["letter"][0]


class Task(NamedTuple):
    """One line of the list. `state` is said in words; a `done` task is shown plainly, others as a tag."""

    name: str
    address: str
    state: str
    done: bool
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """Tasks that belong together. Those of a group that `waits` hold nothing up. `counts` where it says how far it is."""

    name: str
    tasks: list[Task]
    waits: bool = False
    counts: bool = False

    @property
    def done(self) -> int:
        return sum(task.done for task in self.tasks)


def numbers(meeting: Meeting) -> list[tuple[str, str]]:
    """How far it has come: lists signed off, people invited, answered, registered and waiting."""
    lists = meeting.lists.aggregate(all=Count("pk"), signed=Count("pk", filter=Q(state="signed_off")))
    sent = meeting.invitations.sent().aggregate(all=Count("pk"), answered=Count("pk", filter=ANSWERED))
    people = dict(meeting.registrations.values_list("state").annotate(Count("pk")).order_by())
    coming = people.get("registered", 0) + people.get("attended", 0)
    capacity = f" of {meeting.capacity}" if meeting.capacity else ""
    return [
        ("Lists signed off", f"{lists['signed']} of {lists['all']}"),
        ("Invited", str(sent["all"])),
        ("Answered", str(sent["answered"])),
        ("Registered", f"{coming}{capacity}"),
        ("Waiting", str(people.get("waiting", 0) + people.get("offered", 0))),
    ]


def groups(meeting: Meeting, user) -> list[Group]:
    """The groups of tasks this person has: staff all, the chair agenda and letter, chairs of other boards that meet the
    agenda to read, a lead their own place's."""
    found = []
    staff, chair, reads = is_partnership_staff(user), chairs(user, meeting), chairs_in_common(user, meeting)
    if staff:
        needed, later = _parts(meeting)
        draft = meeting.state == Meeting.State.DRAFT
        found.append(Group("Needed before you publish" if draft else "The meeting", needed, counts=draft))
        found.append(Group("Can follow later" if draft else "More about it", later, waits=True))
    found.append(Group("Your places" if not staff else "Places", _places(meeting, user, staff=staff)))
    papers = ([_programme(meeting), _documents(meeting)] if staff else []) + (
        [_agenda(meeting)] if staff or chair or reads else []
    )
    if chair and not staff:
        papers.append(_part(meeting, "letter", [meeting.letter], name="Your letter"))
    if staff or chair or reads:
        papers += _questions(meeting, user)
    found.append(Group("Programme and papers" if staff else "Agenda and letter" if chair else "Agenda", papers))
    if staff:
        found.append(Group("People", _people(meeting)))
        found.append(Group(GO_AHEAD, _stages(meeting)))
    return [group for group in found if group.tasks]


def next_step(meeting: Meeting, found: list[Group]) -> Task | None:
    """The first task that is still to do; of a meeting that was held only its close, of one that is over nothing."""
    if meeting.state in (Meeting.State.CANCELLED, Meeting.State.CLOSED):
        return None
    if meeting.state == Meeting.State.HELD:
        found = [group for group in found if group.name == GO_AHEAD]
    found = sorted(found, key=lambda group: group.waits)
    return next((task for group in found for task in group.tasks if not task.done), None)


def _part(meeting: Meeting, section: str, said: Sequence[object], *, name: str = "", hint: str = "") -> Task:
    """A part of what is known about the meeting: done when all that it must hold is `said`."""
    count = sum(bool(one) for one in said)
    state = DONE if count == len(said) else PARTLY if count else NOT_STARTED
    where = reverse("manage_edit", args=[meeting.slug, section])
    return Task(name or SECTIONS[section][0], where, state, state == DONE, hint)


def _parts(meeting: Meeting) -> tuple[list[Task], list[Task]]:
    """What must be said before the meeting can be published (see `readiness`), and what may be said later or never."""
    room = [meeting.venue_name, meeting.venue_address, meeting.venue_access]
    ahead = meeting.state != Meeting.State.DRAFT or meeting.starts_at > timezone.now()
    span = dates.span(meeting.starts_at, meeting.ends_at)
    parts = [
        (True, _part(meeting, "details", [meeting.title, meeting.summary])),
        (True, _part(meeting, "when", [True, ahead], hint=f"{span}. {meeting.get_format_display()}")),
        (False, _boards(meeting)),
        (meeting.has_room, _part(meeting, "venue", room)),
        (meeting.has_link, _part(meeting, "joining", [meeting.joining_link])),
        *_parts_of_an_assembly(meeting),
        (False, _registration(meeting)),
        (False, _capacity(meeting)),
        (False, _part(meeting, "letter", [meeting.letter])),
    ]
    needed = [task for is_needed, task in parts if is_needed]
    later = [task if task.name == LETTER else _optional(task) for is_needed, task in parts if not is_needed]
    return needed, later


def _parts_of_an_assembly(meeting: Meeting) -> list[tuple[bool, Task]]:
    """An assembly needs them; any other meeting may have them."""
    places, questions = meeting.meeting_places.count(), meeting.exit_questions.count()
    assembly = meeting.kind == Meeting.Kind.ASSEMBLY
    return [
        (assembly, _part(meeting, "places", [places], hint=_number(places, "place"))),
        (assembly, _part(meeting, "discussion", [meeting.discussion_question], hint=meeting.discussion_question)),
        (assembly, _part(meeting, "questions", [questions], hint=_number(questions, "question"))),
    ]


def _boards(meeting: Meeting) -> Task:
    others = boards_of(meeting)[1:]
    return _part(meeting, "boards", [others], hint=names_of(others))


def _registration(meeting: Meeting) -> Task:
    who = "By invitation only" if meeting.by_invitation else "Open to everyone"
    opens = f"opens on {dates.moment(meeting.registration_opens_at)}" if meeting.registration_opens_at else ""
    chosen = [meeting.by_invitation or meeting.registration_opens_at or meeting.registration_closes_at]
    return _part(meeting, "registration", chosen, hint=", ".join(filter(None, [who, opens])))


def _capacity(meeting: Meeting) -> Task:
    hint = _number(meeting.capacity or 0, "place") or "No limit to the number of places"
    return _part(meeting, "capacity", [meeting.capacity], hint=hint)


def _optional(task: Task) -> Task:
    """A part that may stay empty never asks to be done."""
    return task if task.done else task._replace(state=OPTIONAL, done=True)


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}" if count else ""


def _places(meeting: Meeting, user, *, staff: bool) -> list[Task]:
    rows = list(meeting.meeting_places.select_related("place"))
    led = set() if staff else set(Place.objects.led_by(user).values_list("pk", flat=True))
    if staff:
        signed = meeting.lists.filter(state="signed_off").count()
        tasks = [
            Task(
                f"Introduction of {row.place}",
                reverse("manage_introduction", args=[meeting.slug, row.place.slug]),
                DONE if row.introduction else NOT_STARTED,
                bool(row.introduction),
            )
            for row in rows
        ]
        lists = reverse("manage_lists", args=[meeting.slug])
        state = f"{signed} of {len(rows)} signed off"
        head = [Task("Invitation lists", lists, state, signed == len(rows))] if rows else []
        return head + tasks
    return [task for row in rows if row.place_id in led for task in _own_place(meeting, row)]


def _own_place(meeting: Meeting, row) -> list[Task]:
    listed = meeting.lists.filter(place=row.place_id).first()
    signed = bool(listed and listed.state == "signed_off")
    due = f"Sign it off by {dates.short_day(listed.due_on)}" if listed and listed.due_on and not signed else ""
    introduction = reverse("manage_introduction", args=[meeting.slug, row.place.slug])
    state = "Signed off" if signed else NOT_STARTED
    return [
        Task(
            f"Invitation list of {row.place}",
            reverse("manage_list", args=[meeting.slug, row.place.slug]),
            state,
            signed,
            due,
        ),
        Task(
            f"Introduction of {row.place}",
            introduction,
            DONE if row.introduction else NOT_STARTED,
            bool(row.introduction),
        ),
    ]


def _programme(meeting: Meeting) -> Task:
    newest = meeting.programme_versions.first()
    where = reverse("manage_programme", args=[meeting.slug])
    if newest is None:
        task = Task("Programme", where, NOT_STARTED, done=False)
        return task if meeting.kind == Meeting.Kind.ASSEMBLY else _optional(task)
    words = f"Version {newest.number} {newest.get_state_display()}"
    return Task("Programme", where, words, newest.state == "released")


def _documents(meeting: Meeting) -> Task:
    found = meeting.documents.current().aggregate(all=Count("pk"), out=Count("pk", filter=Q(released_at__isnull=False)))
    where = reverse("manage_documents", args=[meeting.slug])
    if not found["all"]:
        return Task("Documents", where, "None yet", done=True)
    return Task("Documents", where, f"{found['out']} of {found['all']} released", found["out"] == found["all"])


def _agenda(meeting: Meeting) -> Task:
    newest = meeting.agenda_versions.first()
    where = reverse("manage_agenda", args=[meeting.slug])
    if newest and newest.state == "published":
        return Task("Agenda", where, f"Version {newest.number} published", done=True)
    found = deadline.of(meeting)
    by = f"{dates.clock(found.until)} on {dates.day(found.until)}"
    hint = f"It had to be published by {by}"
    if not found.is_over:
        hint = f"The chair publishes it by {by}: {found.left} {found.kind} left"
    words = NOT_STARTED if newest is None else f"Version {newest.number} draft"
    return Task("Agenda", where, words, done=False, hint=hint)


def _questions(meeting: Meeting, user) -> list[Task]:
    """Those of the public, where a board of the meeting takes them: done while none waits for this person's decision."""
    if not asking.of(meeting):
        return []
    waiting = Question.objects.editable_by(user).to_decide().filter(meeting=meeting).count()
    where, words = (
        reverse("manage_questions", args=[meeting.slug]),
        f"{waiting} to decide" if waiting else "None waiting",
    )
    return [Task("Questions from the public", where, words, done=not waiting)]


def _people(meeting: Meeting) -> list[Task]:
    if meeting.state == Meeting.State.DRAFT:
        return []
    sent = meeting.invitations.sent().exists()
    pages = [
        ("Invitations", "manage_invitations", "Sent" if sent else NOT_STARTED, sent),
        ("Registrations", "manage_registrations", "Closed" if why_closed(meeting, timezone.now()) else "Open", True),
        ("Reminders", "manage_reminders", "On", True),
        *([("Check people in", "manage_door", "", True)] if meeting.has_room else []),
        ("Answers to the exit questions", "manage_answers", "", True),
    ]
    return [Task(name, reverse(page, args=[meeting.slug]), state, done) for name, page, state, done in pages]


def _stages(meeting: Meeting) -> list[Task]:
    where = {name: reverse(f"manage_{name}", args=[meeting.slug]) for name in ("publish", "hold", "close")}
    lacks = readiness.missing(meeting) if meeting.state == Meeting.State.DRAFT else []
    hint = f"First: {'; '.join(lacks)}" if lacks else ""
    ready = "Cannot start yet" if lacks else NOT_STARTED
    started = timezone.now() >= meeting.starts_at
    stages: dict[str, list[Task]] = {
        Meeting.State.DRAFT: [Task("Publish the meeting", where["publish"], ready, False, hint)],
        Meeting.State.PUBLISHED: [Task("Mark it as held", where["hold"], NOT_STARTED, False)] if started else [],
        Meeting.State.HELD: [Task("Close the meeting", where["close"], NOT_STARTED, False)],
    }
    return stages.get(meeting.state, [])
