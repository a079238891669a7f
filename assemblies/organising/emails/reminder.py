"""Reminders: what staff wrote, the facts of the meeting as it stands, a calendar entry, the person's own link."""

from collections.abc import Iterable

from assemblies.invitations.emails import invitation as invitation_mail
from assemblies.meetings import calendar
from assemblies.meetings.emails.letter import Letter
from assemblies.organising.models import ReminderRule
from assemblies.registrations import emails as registration_mail
from partnership import dates, outbox
from partnership.outbox import Draft, message_keys

GAPS = ("name", "meeting", "when", "link", "cancel_link", "unsubscribe_link")
MEANING = {
    "name": "the person's name",
    "meeting": "the title of the meeting",
    "when": "its day and times",
    "link": "the person's own link",
}


class ReminderLetter:
    """One rule's reminder to any number of people, as rule and meeting stand now."""

    def __init__(self, rule: ReminderRule) -> None:
        meeting = self.meeting = rule.meeting
        self._rule = rule
        self._unanswered = rule.audience == ReminderRule.Audience.UNANSWERED
        self._after = rule.anchor == ReminderRule.Anchor.END
        self._when = dates.span(meeting.starts_at, meeting.ends_at)
        self._context = {
            "about": meeting,
            "unanswered": self._unanswered,
            "after": self._after,
            "joining": not self._unanswered and not self._after,
            "questions": meeting.exit_questions.exists() if self._after else False,
            "closes_at": invitation_mail.last_moment(meeting),
        }
        self._letters: dict[str, Letter] = {}

    def links(self, people: Iterable) -> dict[str, str]:
        """The links with which these people stop such reminders, by address; who stopped is left out."""
        if self._unanswered:
            return invitation_mail.unsubscribe_links(self.meeting, people)
        return outbox.unsubscribe_links(
            topic=message_keys.about("meeting", self.meeting.pk, "reminders"),
            name=f"reminders about “{self.meeting.title}”, {dates.day(self.meeting.starts_at)}",
            emails=[each.email for each in people],
        )

    def draft(self, person, *, key: str, not_after, unsubscribe: str) -> Draft:
        """The email for one person: a registration, or an invitation where the rule is for the unanswered."""
        link, cancel_link = self._links(person)
        words = self._letter_for(person).to(
            name=person.name, meeting=self.meeting.title, when=self._when, link=link, cancel_link=cancel_link,
            unsubscribe_link=unsubscribe,
        )  # fmt: skip
        return Draft(
            key=key,
            to=person.email,
            to_name=person.name,
            subject=words.subject,
            text=words.text,
            html=words.html,
            calendar=self._calendar(person, link),
            not_after=not_after,
            about=invitation_mail.about(person) if self._unanswered else registration_mail.about(person),
            unsubscribe=unsubscribe,
        )

    def _letter_for(self, person) -> Letter:
        """One letter for all; of a hybrid meeting one for each way to attend, with that way first."""
        hybrid = self.meeting.has_room and self.meeting.has_link
        attends = person.attendance if hybrid and self._context["joining"] else ""
        if attends not in self._letters:
            text = self._rule.text
            wording = {"subject": self._rule.subject, "words": text, "rich_words": text.replace("{link}", "<{link}>")}
            self._letters[attends] = Letter("organising/reminder", self._context | {"attends": attends}, GAPS, wording)
        return self._letters[attends]

    def _links(self, person) -> tuple[str, str]:
        if self._unanswered:
            link = invitation_mail.personal_link(person.key)
            return link, invitation_mail.decline_link(person.key)
        if person.key == invitation_mail.SAMPLE_KEY:
            link = invitation_mail.personal_link(person.key)
            return link, link
        link = registration_mail.address(person.key, "registration_answers" if self._after else "registration")
        return link, registration_mail.address(person.key, "registration_cancel")

    def _calendar(self, person, link: str) -> str:
        if self._after:
            return ""
        own = calendar.NOBODY if self._unanswered else person.own_entry
        return calendar.request_for(self.meeting, person.email, person.name, link, own)
