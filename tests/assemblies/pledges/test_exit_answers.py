"""The exit questions: who may answer, when, and what is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.registrations.actions import exit_answers
from assemblies.registrations.models import ExitAnswer, Registration
from partnership.refusals import Refusal
from tests.factories import ExitQuestionFactory, MeetingFactory, PlaceFactory, RegistrationFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(db):
    """A meeting that ended an hour ago, with one question and one participant."""
    ended = timezone.now() - timedelta(hours=1)
    meeting = MeetingFactory(starts_at=ended - timedelta(hours=3), ends_at=ended)
    return ExitQuestionFactory(meeting=meeting), RegistrationFactory(meeting=meeting, place=PlaceFactory(name="Wirral"))


def test_answer_is_kept_for_the_place_and_changed_in_place(over):
    question, person = over
    exit_answers.answer(registration=person, texts={question: "Open our hall"})
    exit_answers.answer(registration=person, texts={question: "Open our hall twice a week"})
    kept = ExitAnswer.objects.get()
    assert (kept.text, kept.place.name) == ("Open our hall twice a week", "Wirral")


def test_emptied_answer_is_taken_away(over):
    question, person = over
    exit_answers.answer(registration=person, texts={question: "Open our hall"})
    exit_answers.answer(registration=person, texts={question: "  "})
    assert not ExitAnswer.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "open_"), [(-16, False), (-14, True), (14 * 24 * 60 - 1, True), (14 * 24 * 60 + 1, False)]
)
def test_questions_open_a_quarter_before_the_end_for_two_weeks(minutes, open_):
    meeting = MeetingFactory()
    now = meeting.ends_at + timedelta(minutes=minutes)
    assert exit_answers.are_open(meeting, now) is open_
    person = RegistrationFactory(meeting=ExitQuestionFactory(meeting=meeting).meeting)
    assert exit_answers.to_answer(Registration.objects.all(), now).filter(pk=person.pk).exists() is open_


def test_answer_is_refused_from_someone_who_only_waited(over):
    question, person = over
    person.state, person.place_number, person.queued_at = "waiting", None, timezone.now()
    person.save()
    with pytest.raises(Refusal, match="people who have a place"):
        exit_answers.answer(registration=person, texts={question: "x"})


def test_staff_cannot_open_the_questions_before_the_start():
    with pytest.raises(Refusal, match="once the meeting has started"):
        exit_answers.open_now(meeting=ExitQuestionFactory().meeting, by=StaffFactory())


def test_empty_answers_are_explained_and_kept_on_error(over, client):
    question, person = over
    url = reverse("registration_answers", args=[person.key])
    page = client.post(url, {f"question_{question.pk}": " ", "shown_as": "name"}).content.decode()
    assert "Answer at least one question" in page
    page = client.post(url, {f"question_{question.pk}": "Open our hall"}).content.decode()
    assert "Select what others may read" in page
    assert "Open our hall" in page
    too_long = "word " * 500
    page = client.post(url, {f"question_{question.pk}": too_long, "shown_as": "name"}).content.decode()
    assert "at most 2000 characters" in page
    assert too_long.strip()[:200] in page
    assert not ExitAnswer.objects.exists()


def test_page_thanks_and_names_the_place(over, client):
    question, person = over
    url = reverse("registration_answers", args=[person.key])
    page = client.post(
        url, {f"question_{question.pk}": "Open our hall", "shown_as": "name"}, follow=True
    ).content.decode()
    assert "Thank you" in page
    assert "Wirral" in page


def test_page_before_the_end_says_when_the_questions_open(client):
    person = RegistrationFactory()
    page = client.get(reverse("registration_answers", args=[person.key])).content.decode()
    assert "The questions open on" in page
    assert "<textarea" not in page


def test_page_says_after_two_weeks_that_the_questions_are_closed(over, client):
    question, person = over
    meeting = question.meeting
    meeting.starts_at, meeting.ends_at = meeting.starts_at - timedelta(days=15), meeting.ends_at - timedelta(days=15)
    meeting.save()
    page = client.get(reverse("registration_answers", args=[person.key])).content.decode()
    assert "The questions closed on" in page
    assert "<textarea" not in page


def test_wrong_key_is_not_found(client):
    assert client.get(reverse("registration_answers", args=["x" * 43])).status_code == 404


def test_answers_show_by_place_once_the_questions_have_opened(over, client):
    question, person = over
    exit_answers.answer(registration=person, texts={question: "Open our hall"})
    page = client.get(f"{person.meeting.get_absolute_url()}answers/").content.decode()
    assert "Wirral" in page
    assert "Open our hall" in page
    assert person.name not in page
