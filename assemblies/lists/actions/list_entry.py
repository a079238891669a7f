"""People join a list, change on it and leave it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from assemblies.lists.import_people.kinds import kind_of_name
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings import guests
from assemblies.meetings.models import Meeting
from partnership import audit
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.partners.matching import PartnersByName
from partnership.partners.models import Partner
from partnership.refusals import Refusal

FACTS = ("email", "name", "organisation", "partner", "kind", "role")


@dataclass(frozen=True)
class Person:
    """Somebody to be put on a list. `kind` is a Partner.Kind, or empty to go by the organisation."""

    email: str
    name: str
    organisation: str = ""
    kind: str = ""
    role: str = ""


def directory() -> PartnersByName:
    """Partners by name, to tell which one the name of an organisation means."""
    return PartnersByName(Partner.objects.public().only("pk", "name", "kind"))


def lock(invitation_list: InvitationList) -> InvitationList:
    """Returns the list, locked. Raises Refusal when its meeting has started or been cancelled: nobody can join any more."""
    locked = (
        InvitationList.objects.select_for_update(of=("self",))
        .select_related("meeting", "place")
        .get(pk=invitation_list.pk)
    )
    meeting = locked.meeting
    if meeting.state not in {Meeting.State.DRAFT, Meeting.State.PUBLISHED}:
        raise Refusal(f"This meeting is {meeting.get_state_display()}, so its lists can no longer be changed.")
    if meeting.starts_at <= timezone.now():
        raise Refusal("This meeting has started, so its lists can no longer be changed.")
    return locked


def entry_for(
    invitation_list: InvitationList, person: Person, *, source: str, by, partners: PartnersByName
) -> ListEntry:
    """Returns an unsaved entry, its partner and kind found by the name of the organisation where not said."""
    partner = partners.find(person.organisation)
    kind = partner.kind if partner else person.kind or kind_of_name(person.organisation)
    return ListEntry(
        list=invitation_list,
        email=person.email.strip().lower(),
        name=person.name,
        organisation=person.organisation,
        partner=partner,
        kind=kind,
        role=person.role,
        source=source,
        added_by=by,
    )


@transaction.atomic
def add(*, invitation_list: InvitationList, by, person: Person) -> ListEntry:
    """Puts a person on the list and returns the entry; the one that is there when the very same is sent twice.

    Raises Refusal when somebody with the address is on the list under another name.
    """
    locked = lock(invitation_list)
    there = locked.entries.filter(email=person.email.strip().lower()).first()
    if there and there.name != person.name:
        raise Refusal(f"{there.name} is on this list with that email address", field="email")
    if there:
        return there
    entry = entry_for(locked, person, source=ListEntry.Source.HAND, by=by, partners=directory())
    entry.save()
    audit.record(by=by, verb="list.person_added", subject=locked, entry=entry.pk)
    return entry


@transaction.atomic
def add_many(*, invitation_list: InvitationList, by, people: Iterable[Person], source: str) -> int:
    """Puts people on the list, those on it already left as they are. Returns how many were added."""
    locked, partners = lock(invitation_list), directory()
    there = set(locked.entries.values_list("email", flat=True))
    entries: dict[str, ListEntry] = {}
    for person in people:
        entry = entry_for(locked, person, source=source, by=by, partners=partners)
        if entry.email not in there:
            entries.setdefault(entry.email, entry)
    ListEntry.objects.bulk_create(entries.values(), batch_size=1000)
    if entries:
        audit.record(by=by, verb="list.people_added", subject=locked, people=len(entries), source=source)
    return len(entries)


@transaction.atomic
def change(*, entry: ListEntry, by, person: Person, revision: int | None = None) -> ListEntry:
    """Changes what the list says of a person. Where nothing changes there is no new revision.

    Raises Stale when somebody else changed it since `revision`, and Refusal for a new address once they are invited,
    for one that is taken, and for a person who was taken off meanwhile.
    """
    locked = lock(entry.list)
    if not locked.entries.filter(pk=entry.pk).exists():
        raise Refusal(f"{entry.name} has just been removed from this list.")
    entry.refresh_from_db(fields=[*FACTS, "revision"])
    if person != Person(entry.email, entry.name, entry.organisation, entry.kind, entry.role):
        refuse_if_stale(entry, revision, FACTS)
    email = person.email.strip().lower()
    if email != entry.email:
        if is_invited(entry):
            raise Refusal(
                "They were invited at this address, so it can no longer be changed. Add the new address as a new person",
                "email",
            )
        taken = locked.entries.filter(email=email).exclude(pk=entry.pk).first()
        if taken:
            raise Refusal(f"{taken.name} is on this list with that email address", field="email")
    chosen = person.kind != entry.kind or person.organisation == entry.organisation
    new = entry_for(
        locked,
        person if chosen else replace(person, kind=""),
        source=entry.source,
        by=entry.added_by,
        partners=directory(),
    )
    if chosen or not new.kind:  # a kind chosen by hand stays for as long as the organisation does
        new.kind = person.kind or new.kind
    changed = [what for what in FACTS if getattr(entry, what) != getattr(new, what)]
    if changed:
        for what in changed:
            setattr(entry, what, getattr(new, what))
        entry.revision += 1
        entry.save(update_fields=[*changed, "revision"])
        audit.record(by=by, verb="list.person_changed", subject=entry, revision=entry.revision, fields=changed)
    return entry


@transaction.atomic
def remove(*, entry: ListEntry, by) -> None:
    """Takes a person off the list. Raises Refusal once the list is signed off or they are invited."""
    locked = lock(entry.list)
    if is_invited(entry):
        raise Refusal(f"{entry.name} has already been invited. Ask the partnership's staff to answer for them instead.")
    if locked.state == InvitationList.State.SIGNED_OFF:
        raise Refusal("The list is signed off. Reopen it to remove people.")
    removed, _ = locked.entries.filter(pk=entry.pk).delete()
    if removed:
        audit.record(by=by, verb="list.person_removed", subject=locked, entry=entry.pk)


def is_invited(entry: ListEntry) -> bool:
    """Whether an invitation to the meeting has been made out to the person's address."""
    return bool(guests.invitation_status(entry.list.meeting_id, [entry.email]))
