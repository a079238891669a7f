"""Pages on which the public puts questions and reads what was answered, and the chair and staff decide."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assemblies.questions.models import Question, QuestionRules, Reply
from partnership.outbox.models import Message
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db
State = Question.State
ANSWERS = {"text": "When will the clinic open?", "name": "Sam Shah", "email": "sam@example.org"}
REASON = "It is about one person’s care."


@pytest.fixture
def meeting():
    return make.MeetingFactory(board=make.QuestionRulesFactory(how_to_ask="Or write to us.", minutes=20).board)


@pytest.fixture
def chair(meeting):
    return make.ChairFactory(seat__board=meeting.board).holder


def address(name: str, meeting, *more) -> str:
    return reverse(name, args=[meeting.slug, *more])


def page(client, name: str, meeting, *more) -> str:
    answer = client.get(address(name, meeting, *more))
    assert answer.status_code == 200
    return answer.text


def ask(client, meeting, **other):
    return client.post(address("question_ask", meeting), ANSWERS | other, follow=True)


def test_visitor_asks_and_confirms_by_the_link_in_an_email(client, meeting):
    assert "Check your email" in ask(client, meeting).text
    question = Question.objects.get()
    link = address("question_link", meeting, question.key)
    assert link in Message.objects.get().text
    assert "Yes, this is my question" in client.get(link).text
    question.refresh_from_db()
    assert question.state == State.UNCONFIRMED, "a mail program that opens the link confirms nothing"
    assert "number 1" in client.post(link, follow=True).text
    question.refresh_from_db()
    assert (question.state, question.may_name) == (State.RECEIVED, False)


def test_page_after_the_form_has_an_address_of_its_own(client, meeting):
    answer = client.post(address("question_ask", meeting), ANSWERS)
    assert answer.url == address("question_sent", meeting)
    assert ANSWERS["email"] in client.get(answer.url).text
    assert ANSWERS["email"] not in Client().get(answer.url).text


def test_visitor_reads_the_same_words_having_asked_before_or_not(client, meeting):
    first = ask(client, meeting).text
    make.QuestionFactory(meeting=meeting, email=ANSWERS["email"])
    assert ask(client, meeting, text="And the other one?").text == first


def test_second_question_of_a_person_is_refused_on_their_own_page(client, meeting):
    make.QuestionFactory(meeting=meeting, email=ANSWERS["email"])
    ask(client, meeting)
    link = address("question_link", meeting, Question.objects.get(state=State.UNCONFIRMED).key)
    assert "One person can put one question" in client.post(link).text


def test_signed_in_person_asks_by_their_own_address(client, meeting):
    user = make.UserFactory(name="Sam Shah")
    client.force_login(user)
    form = page(client, "question_ask", meeting)
    assert 'value="Sam Shah"' in form
    assert 'name="email"' not in form
    answer = client.post(address("question_ask", meeting), ANSWERS | {"email": "other@example.org"}, follow=True)
    assert "number 1" in answer.text
    assert Question.objects.get().email == user.email


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"text": ""}, "Enter your question"),
        ({"text": "word " * 151}, "has 151 words. Shorten it to 150"),
        ({"text": "x" * 8001}, "at most 8000 characters"),
        ({"text": "\ue000"}, "cannot be shown"),
        ({"name": "sam@example.org"}, "without “@”"),
        ({"email": "sam at example"}, "email address in the right form"),
        ({"item": "999999"}, "Choose the item again"),
    ],
)
def test_wrong_answer_is_refused_and_kept(client, meeting, other, words):
    make.AgendaItemFactory(version__meeting=meeting)
    answer = ask(client, meeting, **{"organisation": "Friends of the park"} | other)
    assert words in answer.text
    assert "Friends of the park" in answer.text
    assert not Question.objects.exists()


def test_script_and_nul_in_a_question_do_no_harm(client, meeting, chair):
    ask(client, meeting, text="<script>alert(1)</script>\x00 Why?", name="<b>Sam</b>\x00")
    client.post(address("question_link", meeting, Question.objects.get().key))
    client.force_login(chair)
    shown = page(client, "manage_questions", meeting)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Why?" in shown
    assert "<b>Sam" not in shown


def test_form_says_from_when_on_nobody_can_ask(client, meeting):
    rules = QuestionRules.objects.get()
    rules.deadline_days = 30
    rules.save()
    assert "had to reach us by 12pm" in page(client, "question_ask", meeting)
    assert "had to reach us by 12pm" in ask(client, meeting).text
    assert not Question.objects.exists()


def test_form_posted_too_often_from_one_place_says_so(client, meeting, settings):
    settings.PUBLIC_FORM_RATE = "1/h"
    ask(client, meeting, text="")
    assert ask(client, meeting).status_code == 429
    assert not Question.objects.exists()


def test_asker_chooses_among_the_boards_of_a_meeting_in_common(client, meeting):
    other = make.MeetingBoardFactory(meeting=meeting, board__name="Second Board").board
    assert "Which board" not in page(client, "question_ask", meeting)
    make.QuestionRulesFactory(board=other, most_words=10)
    assert "Which board" in page(client, "question_ask", meeting)
    assert "Select which board you ask" in ask(client, meeting).text
    assert "Shorten it to 10" in ask(client, meeting, board=other.pk, text="word " * 11).text
    ask(client, meeting, board=other.pk)
    assert Question.objects.get().board == other


def test_form_offers_the_open_items_of_the_agenda_in_force(client, meeting):
    closed = make.ClosureGroundFactory(board=meeting.board).closure
    item = make.AgendaItemFactory(version__meeting=meeting, title="Winter plan")
    make.AgendaItemFactory(version=item.version, title="Land deal", closure=closed)
    form = page(client, "question_ask", meeting)
    assert "Winter plan" in form
    assert "Land deal" not in form
    ask(client, meeting, item=item.pk)
    assert Question.objects.get().item == item


def test_asker_withdraws_by_their_link(client, meeting):
    question = make.QuestionFactory(meeting=meeting)
    link = address("question_withdraw", meeting, question.key)
    assert "Withdraw your question?" in client.get(link).text
    assert "Your question is withdrawn" in client.post(link).text
    question.refresh_from_db()
    assert question.state == State.WITHDRAWN


@pytest.mark.parametrize("name", ["question_link", "question_withdraw"])
def test_link_of_one_question_does_nothing_at_another_meeting(client, meeting, name):
    key = make.QuestionFactory().key
    answer = client.get(address(name, meeting, key))
    assert (answer.status_code, "That link does not work" in answer.text) == (404, True)


def test_public_reads_accepted_questions_and_why_others_are_not_taken(client, meeting):
    taken = make.AnsweredQuestionFactory(
        meeting=meeting, name="Ann Ames", may_name=True, organisation="Armley", number=1
    )
    make.AcceptedQuestionFactory(meeting=meeting, name="Bea Best", text="What of buses?", number=2)
    make.RejectedQuestionFactory(meeting=meeting, name="Cy Cole", may_name=True, text="Why my aunt?", number=3)
    make.QuestionFactory(meeting=meeting, name="Di Dale", may_name=True, text="What of trams?", number=4)
    make.QuestionFactory(meeting=meeting, state=State.WITHDRAWN, text="What of trains?", number=5)
    make.UnconfirmedQuestionFactory(meeting=meeting, text="What of boats?")
    shown = page(client, "meeting_questions", meeting)
    for words in (
        taken.text,
        "Ann Ames, Armley",
        "Two more clinics",
        "What of buses?",
        "A member of the public",
        REASON[:16],
    ):
        assert words in shown
    for words in ("Bea Best", "Cy Cole", "my aunt", "Di Dale", "trams", "trains", "boats", "example.org"):
        assert words not in shown


def test_item_that_closes_later_is_not_named_beside_a_question(client, meeting):
    item = make.AgendaItemFactory(version__meeting=meeting, version__number=1, title="Land deal")
    make.AcceptedQuestionFactory(meeting=meeting, item=item)
    assert "Land deal" in page(client, "meeting_questions", meeting)
    newer = make.AgendaVersionFactory(meeting=meeting, number=2)
    closed = make.ClosureGroundFactory(board=meeting.board, closure__public_title="A site").closure
    make.AgendaItemFactory(version=newer, title="Land deal", carried_from=item, closure=closed)
    assert "Land deal" not in page(client, "meeting_questions", meeting)


def test_meeting_without_questions_or_by_invitation_has_no_page(client, meeting):
    assert client.get(address("meeting_questions", make.MeetingFactory())).status_code == 404
    make.AcceptedQuestionFactory(meeting=meeting)
    meeting.by_invitation = True
    meeting.save()
    for name in ("meeting_questions", "question_ask"):
        assert client.get(address(name, meeting)).status_code == 404


def test_list_of_questions_makes_the_same_queries_for_one_as_for_many(client, meeting):
    item = make.AgendaItemFactory(version__meeting=meeting)
    make.AnsweredQuestionFactory(meeting=meeting, item=item)
    client.force_login(make.StaffFactory())
    few = [queries(client, address(name, meeting)) for name in ("meeting_questions", "manage_questions")]
    make.AnsweredQuestionFactory.create_batch(5, meeting=meeting, item=item)
    many = [queries(client, address(name, meeting)) for name in ("meeting_questions", "manage_questions")]
    assert many == few


def test_meeting_and_board_say_how_to_ask(client, meeting):
    for shown in (page(client, "meeting", meeting), client.get(meeting.board.get_absolute_url()).text):
        assert "Questions from the public" in shown
    shown = page(client, "meeting", meeting)
    for words in ("150 words", "up to 20 questions", "20 minutes", "Or write to us.", address("question_ask", meeting)):
        assert words in shown


def test_meeting_that_is_over_or_off_does_not_invite_questions(client, meeting):
    for facts in ({"state": "cancelled"}, {"state": "held", "starts_at": timezone.now() - timedelta(days=2),
                                           "ends_at": timezone.now() - timedelta(days=1)}):  # fmt: skip
        type(meeting).objects.filter(pk=meeting.pk).update(**facts)
        assert "Questions from the public" not in page(client, "meeting", meeting)
        assert address("question_ask", meeting) not in page(client, "meeting_questions", meeting)


def test_chair_accepts_and_replies_and_everybody_reads_it(client, meeting, chair):
    question = make.QuestionFactory(meeting=meeting)
    client.force_login(chair)
    accept = address("manage_question_accept", meeting, question.pk)
    assert "without a name" in client.get(accept).text
    assert "is accepted" in client.post(accept, follow=True).text
    reply = address("manage_question_reply", meeting, question.pk)
    client.post(reply, {"text": "In October.", "by_name": "Ann Ames, chair", "revision": "0"})
    client.logout()
    shown = page(client, "meeting_questions", meeting)
    assert "In October." in shown
    assert "Ann Ames, chair" in shown


def test_rejecting_without_a_reason_keeps_the_question(client, meeting, chair):
    question = make.QuestionFactory(meeting=meeting)
    client.force_login(chair)
    reject = address("manage_question_reject", meeting, question.pk)
    assert "Say in a sentence why" in client.post(reject, {"reason": "", "was": "received"}).text
    assert "Say in a sentence why" in client.post(reject, {"reason": "<>", "was": "received"}).text
    assert "is rejected" in client.post(reject, {"reason": REASON, "was": "received"}, follow=True).text


def test_second_who_decides_loses_nothing_they_typed(client, meeting, chair):
    question = make.AcceptedQuestionFactory(meeting=meeting, decided_by__name="Bea Best")
    client.force_login(chair)
    reject = address("manage_question_reject", meeting, question.pk)
    answer = client.post(reject, {"reason": REASON, "was": "received"}).text
    assert "Bea Best has accepted this question already" in answer
    assert REASON in answer


def test_second_reply_is_kept_and_published_when_sent_again(client, meeting, chair):
    question = make.ReplyFactory(question__meeting=meeting, made_by__name="Bea Best").question
    client.force_login(chair)
    address_ = address("manage_question_reply", meeting, question.pk)
    answers = {"text": "In May.", "by_name": "Ann Ames", "revision": "0"}
    shown = client.post(address_, answers).text
    assert "Bea Best has replied meanwhile" in shown
    assert "In May." in shown
    assert 'name="revision" value="1"' in shown
    client.post(address_, answers | {"revision": "1"})
    assert Reply.objects.count() == 2


def test_chair_of_another_board_in_common_decides_on_their_own_alone(client, meeting):
    other = make.MeetingBoardFactory(meeting=meeting).board
    own, foreign = make.QuestionFactory(meeting=meeting, board=other), make.QuestionFactory(meeting=meeting)
    client.force_login(make.ChairFactory(seat__board=other).holder)
    shown = page(client, "manage_questions", meeting)
    assert own.text in shown
    assert foreign.text not in shown
    assert client.post(address("manage_question_accept", meeting, own.pk)).status_code == 302
    assert client.post(address("manage_question_accept", meeting, foreign.pk)).status_code == 404


def test_staff_enter_a_question_and_an_urgent_one_with_its_reason(client, meeting):
    client.force_login(make.StaffFactory())
    new = address("manage_question_new", meeting)
    client.post(new, {"text": "What of buses?", "name": "Ann Ames"})
    assert Question.objects.get().state == State.RECEIVED
    type(meeting).objects.update(
        starts_at=timezone.now() + timedelta(hours=2), ends_at=timezone.now() + timedelta(hours=4)
    )
    late = {"text": "What of the fire?", "name": "Bea Best"}
    assert "had to reach us" in client.post(new, late).text
    client.post(new, late | {"urgent_because": "It broke out this morning."})
    assert Question.objects.filter(urgent_because="It broke out this morning.").exists()


def test_staff_say_how_a_board_takes_questions(client):
    board, staff = make.BoardFactory(), make.StaffFactory()
    client.force_login(staff)
    answers = {
        "takes_questions": "on", "deadline_days": "2", "deadline_by": "5pm", "most_by_person": "2", "most_words": "200",
        "reply_days": "5", "revision": "0",
    }  # fmt: skip
    where = reverse("board_question_rules", args=[board.slug])
    assert "must be a whole number" in client.post(where, answers | {"most_words": "many"}).text
    client.post(where, answers)
    rules = board.question_rules
    assert (rules.most_at_meeting, rules.deadline_by.hour, rules.most_by_person) == (None, 17, 2)
    client.post(where, answers | {"most_words": "300"})
    shown = client.post(where, answers | {"most_words": "400"}).text
    assert "changed this" in shown
    assert 'value="400"' in shown


def test_chair_and_staff_are_asked_to_decide_and_to_reply(client, meeting, chair):
    make.QuestionFactory(meeting=meeting)
    over = make.MeetingFactory(
        board=meeting.board, starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1)
    )
    make.AcceptedQuestionFactory.create_batch(2, meeting=over)
    for person in (chair, make.StaffFactory()):
        client.force_login(person)
        home = client.get(reverse("my_home")).text
        assert "Decide on 1 question from the public" in home
        assert "Reply to 2 questions from the public" in home
    client.force_login(make.ChairFactory().holder)
    assert "from the public" not in client.get(reverse("my_home")).text
