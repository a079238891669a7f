"""What people said on the way out, as everybody may read it."""

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import ExitAnswer, ExitQuestion


def answers_are_open(meeting: Meeting) -> bool:
    """Whether the exit questions of a meeting that people may read about have opened."""
    return meeting.exit_questions_open_at <= timezone.now() and meeting.state in ("published", "held", "closed")


def answers_by_place(meeting: Meeting) -> list[tuple[str, list[tuple[ExitQuestion, list[ExitAnswer]]]]]:
    """What was answered on the way out: for each place, each question with its answers, without names."""
    questions = list(meeting.exit_questions.all())
    by_place: dict[str, dict[int, list[ExitAnswer]]] = {}
    for answer in ExitAnswer.objects.public().of(meeting):
        place = answer.place.name if answer.place else "No place given"
        by_place.setdefault(place, {}).setdefault(answer.question_id, []).append(answer)
    return [
        (place, [(question, given[question.pk]) for question in questions if question.pk in given])
        for place, given in by_place.items()
    ]
