"""A list is signed off by its lead, reopened, given a target mix; staff chase those that are not signed off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assemblies.lists import emails
from assemblies.lists.actions.list_entry import lock
from assemblies.lists.models import InvitationList, ListTarget
from assemblies.meetings.models import Meeting
from partnership import audit, outbox, states
from partnership.accounts.models import User
from partnership.refusals import Refusal
from places.footprint.models import PlaceLead
from places.footprint.rules import leads

State = InvitationList.State


@transaction.atomic
def sign_off(*, invitation_list: InvitationList, by) -> InvitationList:
    """Says the list is complete, so that staff may invite everyone on it. Signed off already, it stays as it is.

    Staff who do not lead the place sign off on its behalf, and the audit log says so. Raises Refusal for an empty list.
    """
    locked = lock(invitation_list)
    if locked.state == State.SIGNED_OFF:
        return locked
    people = locked.entries.count()
    if not people:
        raise Refusal("There is nobody on this list, so it cannot be signed off. Add people first.")
    states.move(locked, State.SIGNED_OFF, signed_off_at=timezone.now(), signed_off_by=by)
    on_behalf = not leads(by, locked.place)
    audit.record(by=by, verb="list.signed_off", subject=locked, people=people, on_behalf_of_the_place=on_behalf)
    outbox.withdraw(about=emails.about(locked), because="The list was signed off.")
    return locked


@transaction.atomic
def reopen(*, invitation_list: InvitationList, by) -> InvitationList:
    """Opens a signed-off list again, so that people can be taken off it. Open already, it stays as it is."""
    locked = lock(invitation_list)
    if locked.state == State.OPEN:
        return locked
    states.move(locked, State.OPEN, signed_off_at=None, signed_off_by=None)
    audit.record(by=by, verb="list.reopened", subject=locked)
    return locked


@transaction.atomic
def set_mix(*, lists: Iterable[InvitationList], by, percent: Mapping[str, int]) -> None:
    """Gives each list the same target mix, in whole per cent by sector. Raises Refusal unless it adds up to 100."""
    total = sum(percent.values())
    if total != 100:
        raise Refusal(f"The shares add up to {total}%: change them so that they add up to 100%")
    lists = list(lists)
    ListTarget.objects.filter(list__in=lists).delete()
    ListTarget.objects.bulk_create(
        ListTarget(list=each, sector=sector, percent=share) for each in lists for sector, share in percent.items()
    )
    for each in lists:
        audit.record(by=by, verb="list.mix_set", subject=each, **percent)


def leaders_of(lists: Iterable[InvitationList]) -> dict[int, list[User]]:
    """Returns who leads each place now, by the place's id. One query."""
    found: dict[int, list[User]] = {each.place_id: [] for each in lists}
    current = PlaceLead.objects.current(timezone.localdate()).filter(place__in=found, user__is_active=True)
    for lead in current.select_related("user").order_by("user__name", "user__email"):
        if lead.user not in found[lead.place_id]:
            found[lead.place_id].append(lead.user)
    return found


@dataclass(frozen=True)
class Chase:
    """Who a chase would reach: lists with the leads to write to; lists without a lead; lists chased today already."""

    reached: list[tuple[InvitationList, list[User]]]
    without_lead: list[InvitationList]
    chased_today: list[InvitationList]

    @property
    def people(self) -> int:
        return sum(len(people) for _, people in self.reached)


def plan_chase(lists: Iterable[InvitationList]) -> Chase:
    """Returns who chasing these lists would reach now. One query, however many lists."""
    lists = [each for each in lists if each.state == State.OPEN]
    today = timezone.localdate()
    found = leaders_of(lists)
    today_already = [each for each in lists if each.chased_at and timezone.localdate(each.chased_at) == today]
    rest = [each for each in lists if each not in today_already]
    return Chase(
        reached=[(each, found[each.place_id]) for each in rest if found[each.place_id]],
        without_lead=[each for each in rest if not found[each.place_id]],
        chased_today=today_already,
    )


@transaction.atomic
def chase(*, lists: Iterable[InvitationList], by) -> int:
    """Asks the leads of lists not yet signed off to do so, each list at most once a day. Returns how many emails.

    Raises Refusal while the meeting is not published: no email about it may leave the portal.
    """
    ids = [each.pk for each in lists]
    locked = list(
        InvitationList.objects.select_for_update(of=("self",)).select_related("meeting", "place").filter(pk__in=ids)
    )
    for meeting in {each.meeting for each in locked}:
        if meeting.state == Meeting.State.DRAFT:
            raise Refusal("This meeting is not published. Publish it first: no email about it is sent until then.")
        if meeting.state != Meeting.State.PUBLISHED or meeting.starts_at <= timezone.now():
            raise Refusal("This meeting has started or been cancelled, so you can no longer chase its lists.")
    plan = plan_chase(locked)
    drafts = [emails.draft(each, person) for each, people in plan.reached for person in people]
    sent = len(outbox.enqueue_many(drafts))
    now = timezone.now()
    InvitationList.objects.filter(pk__in=[each.pk for each, _ in plan.reached]).update(chased_at=now)
    for each, people in plan.reached:
        audit.record(by=by, verb="list.chased", subject=each, people=len(people))
    return sent
