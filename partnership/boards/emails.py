"""What we write to people about seats: to who takes one, and to the bodies that nominate."""

import hashlib

from django.conf import settings
from django.urls import reverse

from partnership import outbox
from partnership.accounts.models import User
from partnership.boards.models import ActingChair, Appointment, SeatNotice
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import message_key


def seat_notice(notice: SeatNotice, people: list[User], term: Appointment | None) -> None:
    """To each who speaks for the nominating body: a term ends soon, or the seat is vacant."""
    seat = notice.seat
    outbox.enqueue_many(
        _draft(
            f"seat_{notice.about}",
            person,
            message_key("seat-notice", notice.pk, person.pk),
            about=message_keys.about("seat", seat.pk),
            notice=notice,
            seat=seat,
            board=seat.board,
            body=seat.nominated_by,
            term=term,
            link=settings.PORTAL_URL + seat.get_absolute_url(),
        )
        for person in people
    )


def seat_nominated(notice: SeatNotice, staff: list[User], *, by: User, name: str, email: str, words: str) -> bool:
    """To each of the staff: who a body nominates. Returns whether it is news: False where the same was sent before."""
    seat = notice.seat
    said = hashlib.sha256(f"{name}\n{email}\n{words}".encode()).hexdigest()[:16]
    drafts = [
        _draft(
            "seat_nominated",
            person,
            message_key("seat-notice", notice.pk, said, person.pk),
            about=message_keys.about("seat", seat.pk),
            reply_to=by.email,
            seat=seat,
            board=seat.board,
            body=seat.nominated_by,
            by=by,
            name=name,
            email=email,
            words=words,
            link=settings.PORTAL_URL + reverse("seat_appoint", args=[seat.board.slug, seat.pk]),
        )
        for person in staff
    ]
    return bool(outbox.enqueue_many(drafts))


def seat_taken(appointment: Appointment, steps: int) -> None:
    """To the new holder: which seat, from when to when, and what to do first."""
    seat = appointment.seat
    draft = _draft(
        "seat_taken",
        appointment.holder,
        message_key("appointment", appointment.pk, "taken"),
        about=message_keys.about("seat", seat.pk),
        appointment=appointment,
        seat=seat,
        board=seat.board,
        steps=steps,
        link=settings.PORTAL_URL + reverse("induction"),
        seat_link=settings.PORTAL_URL + seat.get_absolute_url(),
    )
    outbox.enqueue_many([draft])


def acting_chair(acting: ActingChair, *, by, chair: User | None, has_ended: bool) -> None:
    """To who acts for the chair, and to the chair; not to who named them, or ended it."""
    link = settings.PORTAL_URL + acting.board.get_absolute_url()
    what = "ended" if has_ended else "named"
    outbox.enqueue_many(
        _draft(
            "acting_chair", person, message_key("acting-chair", acting.pk, what, person.pk),
            about=message_keys.about("acting-chair", acting.pk),
            acting=acting, board=acting.board, by=by, is_theirs=person == acting.person, has_ended=has_ended, link=link,
        )
        for person in {acting.person, chair}
        if person is not None and person != by
    )  # fmt: skip


def _draft(template: str, person: User, key: str, *, about: str, reply_to: str = "", **words) -> Draft:
    return to_person(f"boards/{template}", person, words, key=key, about=about, reply_to=reply_to)
