"""What there is to do for a meeting, for the person who looks: by group, each task with its state and address."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from assemblies import readiness
from assemblies.models import Meeting
from assemblies.rules import chairs, is_staff
from partnership.boards.clear_days import days_left
from partnership.ui import dates
from places.models import Place

DONE, TO_DO = "Done", "To do"
GO_AHEAD = "Go ahead"


class Task(NamedTuple):
    """One line of the list. `state` is said in words; a `done` task is shown plainly, others as a tag."""

    name: str
    address: str
    state: str
    done: bool
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """Tasks that belong together."""

    name: str
    tasks: list[Task]


def numbers(meeting: Meeting) -> list[tuple[str, str]]:
    """How far it has come: lists signed off, people invited, answered, registered and waiting."""
    lists = meeting.lists.aggregate(all=Count("pk"), signed=Count("pk", filter=Q(state="signed_off")))
    answered = Q(accepted_at__isnull=False) | Q(declined_at__isnull=False)
    sent = meeting.invitations.filter(sent_at__isnull=False).aggregate(
        all=Count("pk"), answered=Count("pk", filter=answered)
    )
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
    """The groups of tasks this person has: staff all, the chair agenda and letter, a lead their own place's."""
    found = []
    staff, chair = is_staff(user), chairs(user, meeting)
    if staff:
        found.append(Group("Say what it is", _facts(meeting)))
    found.append(Group("Your places" if not staff else "Places", _places(meeting, user, staff=staff)))
    papers = ([_programme(meeting), _documents(meeting)] if staff else []) + (
        [_agenda(meeting)] if staff or chair else []
    )
    if chair and not staff:
        papers.append(_section(meeting, "letter", "Your letter", bool(meeting.letter)))
    found.append(Group("Programme and papers" if staff else "Agenda and letter", papers))
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
    return next((task for group in found for task in group.tasks if not task.done), None)


def _section(meeting: Meeting, section: str, name: str, done: bool, hint: str = "") -> Task:
    return Task(name, reverse("manage_edit", args=[meeting.slug, section]), DONE if done else TO_DO, done, hint)


def _facts(meeting: Meeting) -> list[Task]:
    lacks = readiness.missing_where(meeting)
    when = "; ".join(lacks).capitalize() or dates.span(meeting.starts_at, meeting.ends_at)
    places = f"{meeting.capacity} places" if meeting.capacity else "No limit to the number of places"
    asks = bool(meeting.discussion_question) or meeting.kind != Meeting.Kind.ASSEMBLY
    return [
        _section(meeting, "details", "Details", bool(meeting.summary)),
        _section(meeting, "when", "When and where", not lacks, when),
        _section(meeting, "registration", "Registration and seats", done=True, hint=places),
        _section(meeting, "questions", "Questions", asks),
        _section(meeting, "letter", "Letter from the chair", bool(meeting.letter)),
    ]


def _places(meeting: Meeting, user, *, staff: bool) -> list[Task]:
    rows = list(meeting.meeting_places.select_related("place"))
    led = set() if staff else set(Place.objects.led_by(user).values_list("pk", flat=True))
    if staff:
        signed = meeting.lists.filter(state="signed_off").count()
        tasks = [
            Task(
                f"Introduction of {row.place}",
                reverse("manage_introduction", args=[meeting.slug, row.place.slug]),
                DONE if row.introduction else TO_DO,
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
    state = "Signed off" if signed else TO_DO
    return [
        Task(
            f"Invitation list of {row.place}",
            reverse("manage_list", args=[meeting.slug, row.place.slug]),
            state,
            signed,
            due,
        ),
        Task(f"Introduction of {row.place}", introduction, DONE if row.introduction else TO_DO, bool(row.introduction)),
    ]


def _programme(meeting: Meeting) -> Task:
    newest = meeting.programme_versions.first()
    where = reverse("manage_programme", args=[meeting.slug])
    if newest is None:
        return Task("Programme", where, TO_DO, done=False)
    words = f"Version {newest.number} {newest.get_state_display()}"
    return Task("Programme", where, words, newest.state == "released")


def _documents(meeting: Meeting) -> Task:
    found = meeting.documents.filter(withdrawn_at__isnull=True).aggregate(
        all=Count("pk"), out=Count("pk", filter=Q(released_at__isnull=False))
    )
    where = reverse("manage_documents", args=[meeting.slug])
    if not found["all"]:
        return Task("Documents", where, "None yet", done=True)
    return Task("Documents", where, f"{found['out']} of {found['all']} released", found["out"] == found["all"])


def _agenda(meeting: Meeting) -> Task:
    newest = meeting.agenda_versions.first()
    where = reverse("manage_agenda", args=[meeting.slug])
    if newest and newest.state == "published":
        return Task("Agenda", where, f"Version {newest.number} published", done=True)
    last = meeting.board.latest_day_to_publish(timezone.localdate(meeting.starts_at))
    left = days_left(timezone.localdate(), last, meeting.board.day_kind)
    kind = meeting.board.get_day_kind_display()
    hint = (
        f"The chair publishes it by {dates.day(last)}: {left} {kind} left"
        if left
        else f"The last day was {dates.day(last)}"
    )
    words = TO_DO if newest is None else f"Version {newest.number} draft"
    return Task("Agenda", where, words, done=False, hint=hint)


def _people(meeting: Meeting) -> list[Task]:
    if meeting.state == Meeting.State.DRAFT:
        return []
    sent = meeting.invitations.filter(sent_at__isnull=False).exists()
    pages = [
        ("Invitations", "manage_invitations", "Sent" if sent else TO_DO, sent),
        ("Registrations", "manage_registrations", "Open" if meeting.registration_is_open() else "Closed", True),
        ("Reminders", "manage_reminders", "On", True),
        ("Register on the day", "manage_door", "", True),
        ("Answers to the exit questions", "manage_answers", "", True),
    ]
    return [Task(name, reverse(page, args=[meeting.slug]), state, done) for name, page, state, done in pages]


def _stages(meeting: Meeting) -> list[Task]:
    where = {name: reverse(f"manage_{name}", args=[meeting.slug]) for name in ("publish", "hold", "close")}
    lacks = readiness.missing(meeting) if meeting.state == Meeting.State.DRAFT else []
    hint = f"First: {'; '.join(lacks)}" if lacks else ""
    begun = timezone.now() >= meeting.starts_at
    return {
        Meeting.State.DRAFT: [Task("Publish the meeting", where["publish"], TO_DO, False, hint)],
        Meeting.State.PUBLISHED: [Task("Mark it as held", where["hold"], TO_DO, False)] if begun else [],
        Meeting.State.HELD: [Task("Close the meeting", where["close"], TO_DO, False)],
    }.get(meeting.state, [])
