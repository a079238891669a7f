"""An appointed post: advert, applications, panel, shortlist, appointment; who sees what, and what is deleted when."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import retention
from partnership.audit.models import Entry
from partnership.boards.rules import holds_seat_on
from partnership.outbox.models import Message
from partnership.posts.actions import application as applications
from partnership.posts.actions import post as actions
from partnership.posts.models import Application, Post
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n1 0 obj"
ANSWERS = {"name": "Jo Field", "email": "Jo@Example.org", "phone": "", "statement": "I would listen first."}


@pytest.fixture
def post():
    return make.PostFactory(
        slug="independent-chair", title="Independent chair", seat__title="Chair", seat__board__name="The Alliance",
        outline=ContentFile(PDF, name="outline.pdf"), remuneration="day_rate",
    )  # fmt: skip


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def shortlisting(post) -> Post:
    Post.objects.filter(pk=post.pk).update(state="shortlisting", closes_on=timezone.localdate() - DAY)
    post.refresh_from_db()
    return post


def subjects_to(email: str) -> list[str]:
    return list(Message.objects.filter(to_email=email).order_by("pk").values_list("subject", flat=True))


def test_whole_way_from_advert_to_the_seat(staff, client):
    seat = make.ChairSeatFactory(board__name="The Alliance", board__slug="alliance")
    today = timezone.localdate()
    staff.post(
        f"/boards/alliance/seats/{seat.pk}/advertise/",
        {
            "title": "Independent chair", "summary": "Leads the alliance.", "closes_on": f"{today:%d/%m/%Y}",
            "term_starts_on": f"{today + 30 * DAY:%d/%m/%Y}", "term_ends_on": f"{today + 760 * DAY:%d/%m/%Y}",
            "remuneration": "day_rate", "outline": SimpleUploadedFile("o.pdf", PDF),
        },
    )  # fmt: skip
    manage = "/posts/independent-chair/manage/"
    client.logout()
    assert client.get("/posts/independent-chair/").status_code == 404
    boss = make.StaffFactory()
    sign_in(client, boss).post(f"{manage}step/advertise/")
    client.logout()
    page = client.get("/posts/independent-chair/").text
    assert "Leads the alliance." in page
    assert "Role outline" in page
    for name in ("Jo", "Kim", "Lu"):
        client.post("/posts/independent-chair/apply/", ANSWERS | {"name": name, "email": f"{name}@example.org"})
    Post.objects.update(closes_on=today - DAY)
    sign_in(client, boss)
    judge = make.UserFactory(email="judge@example.org")
    client.post(f"{manage}panel/", {"email": "judge@example.org"})
    client.post(f"{manage}step/shortlist/")
    assert subjects_to("judge@example.org") == ["Applications for you to read: Independent chair"]
    jo, kim, lu = Application.objects.order_by("pk")
    sign_in(client, judge).post(f"{manage}declare/", {"has_conflict": "no"})
    client.post(f"{manage}applications/{jo.pk}/", {"score": "5", "remark": "Has done it before"})
    sign_in(client, boss)
    assert "5.0 of 5, from 1 score" in client.get(manage).text
    for application, state in ((jo, "shortlisted"), (kim, "shortlisted"), (lu, "not_shortlisted")):
        client.post(f"{manage}applications/{application.pk}/shortlist/", {"state": state})
    assert subjects_to("lu@example.org") == [
        "We have received your application: Independent chair"
    ]  # nobody hears before
    client.post(f"{manage}step/interviews/")
    assert subjects_to("jo@example.org")[-1] == "You have been shortlisted: Independent chair"
    page = client.get(f"{manage}applications/{jo.pk}/appoint/").text
    assert "We also email 1 other who applied." in page
    client.post(
        f"{manage}applications/{jo.pk}/appoint/",
        {"starts_on": f"{today:%d/%m/%Y}", "ends_on": f"{today + 730 * DAY:%d/%m/%Y}", "remuneration": "day_rate"},
    )
    term = seat.appointments.get()
    assert (term.holder.email, term.route, term.remuneration) == ("jo@example.org", "appointed", "day_rate")
    assert holds_seat_on(term.holder, seat.board)
    assert term.induction.exists()
    assert subjects_to("jo@example.org")[-2:] == [
        "You have a seat: Chair, The Alliance",
        "You have been appointed: Independent chair",
    ]
    assert subjects_to("kim@example.org")[-1] == "The outcome of your application: Independent chair"
    assert len(subjects_to("lu@example.org")) == 2  # received, and not shortlisted
    client.logout()
    page = client.get("/posts/independent-chair/").text
    assert "Jo is appointed" in page
    assert "3 people" in page


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": ""}, "Enter your name"),
        ({"email": "jo"}, "Enter an email address in the right form"),
        ({"email": ""}, "Enter your email address"),
        ({"statement": " "}, "Enter why you, and what you would bring"),
        ({"statement": "x" * 10_001}, "at most 10000 characters"),
        ({"phone": "1" * 41}, "at most 40 characters"),
        ({"cv": SimpleUploadedFile("cv.exe", b"MZ\x00\x01")}, "We cannot tell what kind of file this is"),
        ({"cv": SimpleUploadedFile("cv.pdf", b"\x89PNG\r\n\x1a\n")}, "This is a PNG picture file"),
        ({"cv": SimpleUploadedFile("cv.pdf", b"")}, "The file is empty"),
    ],
)
def test_application_with_bad_answers_is_explained_and_not_saved(client, post, answers, message):
    page = client.post("/posts/independent-chair/apply/", ANSWERS | {"phone": "0123"} | answers).text
    assert message in page
    assert "Error: " in page
    assert not Application.objects.exists()
    assert not Message.objects.exists()


def test_application_is_confirmed_by_mail_and_seen_by_its_secret_link(client, post):
    cv = SimpleUploadedFile("My CV.pdf", PDF)
    answer = client.post("/posts/independent-chair/apply/", ANSWERS | {"cv": cv}, follow=True)
    assert "Check your email" in answer.text
    application = Application.objects.get()
    assert application.email == "jo@example.org"
    message = Message.objects.get()
    assert (message.subject, message.sensitive) == ("We have received your application: Independent chair", True)
    link = f"/posts/applications/{application.key}/"
    assert link in message.text
    assert "I would listen first." in client.get(link).text
    assert client.get(f"/posts/applications/{post.seat.board_id:032x}/").status_code == 404


def test_second_application_changes_nothing_and_tells_its_address(client, post):
    first = client.post("/posts/independent-chair/apply/", ANSWERS, follow=True).text
    second = client.post("/posts/independent-chair/apply/", ANSWERS | {"statement": "Forged"}, follow=True).text
    assert (first, Application.objects.get().statement) == (second, "I would listen first.")
    assert subjects_to("jo@example.org")[-1] == "We already have your application: Independent chair"


def test_nobody_applies_after_the_last_day_or_before_the_advert(client, post):
    Post.objects.update(closes_on=timezone.localdate())
    assert client.post("/posts/independent-chair/apply/", ANSWERS).status_code == 302  # the last day counts
    Post.objects.update(closes_on=timezone.localdate() - DAY)
    page = client.post("/posts/independent-chair/apply/", ANSWERS | {"email": "late@example.org"}).text
    assert "Applications are closed" in page
    assert Application.objects.count() == 1
    Post.objects.update(state="draft")
    assert client.post("/posts/independent-chair/apply/", ANSWERS).status_code == 404


def test_step_counts_only_those_who_hear(staff, post):
    make.ApplicationFactory(post=post, state="shortlisted")
    make.ApplicationFactory(post=post, state="withdrawn")
    only = make.ApplicationFactory(post=shortlisting(post), state="not_shortlisted")
    assert "That is 2 people." in staff.get("/posts/independent-chair/manage/step/interviews/").text
    Application.objects.filter(pk=only.pk).update(state="withdrawn")
    assert "That is 1 person." in staff.get("/posts/independent-chair/manage/step/interviews/").text


def test_appointing_the_only_one_left_tells_of_no_others(staff, post):
    chosen = make.ApplicationFactory(post=post, state="shortlisted")
    Post.objects.update(state="interviews")
    page = staff.get(f"/posts/independent-chair/manage/applications/{chosen.pk}/appoint/").text
    assert "We email them to say so." in page
    assert "who applied" not in page


def test_applicant_withdraws_by_the_link_and_twice_is_once(client, post):
    application = make.ApplicationFactory(post=post)
    for _ in range(2):
        page = client.post(f"/posts/applications/{application.key}/", follow=True).text
    assert "You have withdrawn your application" in page
    assert Entry.objects.filter(verb="application.withdrawn").count() == 1


def test_panel_sees_applications_only_after_declaring_no_conflict(client, post):
    application = make.ApplicationFactory(post=shortlisting(post), name="Jo Field")
    member = make.PanelMemberFactory(post=post, has_conflict=None)
    manage, own = "/posts/independent-chair/manage/", f"/posts/independent-chair/manage/applications/{application.pk}/"
    sign_in(client, member.user)
    assert client.get(own).status_code == 404
    assert "Jo Field" not in client.get(manage).text
    assert "Jo Field" in client.get(f"{manage}declare/").text  # to know whether one is close to them
    assert "Say what the conflict is" in client.post(f"{manage}declare/", {"has_conflict": "yes"}).text
    assert "Say whether you have a conflict" in client.post(f"{manage}declare/", {}).text
    client.post(f"{manage}declare/", {"has_conflict": "no"})
    assert client.get(own).status_code == 200
    client.post(own, {"score": "4"})
    client.post(f"{manage}declare/", {"has_conflict": "yes", "conflict": "My sister"})
    assert client.get(own).status_code == 404
    assert not application.scores.exists()  # who has a conflict after all has not scored
    assert "you cannot see or score applications" in client.get(manage).text
    with pytest.raises(Refusal, match="conflict of interest"):
        applications.score(application=application, member=member, by=member.user, score=5)


@pytest.mark.parametrize("has_declared", [True, False])
def test_browser_keeps_no_page_about_applicants(client, post, has_declared):
    """They hold a form that keeps a draft, and browsers may keep the pages of other such forms."""
    application = make.ApplicationFactory(post=shortlisting(post))
    member = make.PanelMemberFactory(post=post, has_conflict=False if has_declared else None)
    page = f"applications/{application.pk}/" if has_declared else "declare/"
    answer = sign_in(client, member.user).get(f"/posts/independent-chair/manage/{page}")
    assert application.name in answer.text
    assert 'name="draft"' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_staff_on_the_panel_with_a_conflict_see_no_application_either(client, post):
    application = make.ApplicationFactory(post=shortlisting(post))
    boss = make.StaffFactory()
    make.PanelMemberFactory(post=post, user=boss, has_conflict=True, conflict="A friend")
    sign_in(client, boss)
    assert client.get(f"/posts/independent-chair/manage/applications/{application.pk}/").status_code == 404
    assert client.get(f"/posts/independent-chair/manage/applications/{application.pk}/appoint/").status_code == 404


@pytest.mark.parametrize("state", ["advertised", "appointed", "ended"])
def test_panel_sees_nothing_before_and_after_it_scores(client, post, state):
    application = make.ApplicationFactory(post=post)
    member = make.PanelMemberFactory(post=post)
    Post.objects.update(state=state, decided_at=timezone.now())
    assert not Application.objects.visible_to(member.user).filter(pk=application.pk).exists()


def test_panel_of_one_post_sees_nothing_of_another(client, post):
    application = make.ApplicationFactory(post=shortlisting(post))
    other = make.PanelMemberFactory(post__state="shortlisting")
    assert not Application.objects.visible_to(other.user).exists()
    sign_in(client, other.user)
    assert client.get(f"/posts/{other.post.slug}/manage/applications/{application.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("score", "message"),
    [("", "Choose a score from 1 to 5"), ("0", "from the list"), ("6", "from the list"), ("five", "from the list")],
)
def test_score_out_of_range_is_explained(client, post, score, message):
    application = make.ApplicationFactory(post=shortlisting(post))
    sign_in(client, make.PanelMemberFactory(post=post).user)
    address = f"/posts/independent-chair/manage/applications/{application.pk}/"
    assert message in client.post(address, {"score": score}).text
    assert not application.scores.exists()


@pytest.mark.parametrize(
    ("step", "prepare", "message"),
    [
        ("advertise", {"state": "draft", "outline": ""}, "Add the role outline first"),
        ("advertise", {"state": "draft", "closes_on": timezone.localdate() - DAY}, "The last day to apply has passed"),
        ("advertise", {}, "This is already advertised"),
        ("shortlist", {}, "People can still apply until"),
        ("shortlist", {"closes_on": timezone.localdate() - DAY}, "Name the panel first"),
        ("interviews", {}, "so it cannot become interviews"),
        ("interviews", {"state": "shortlisting"}, "Decide about 1 more application first"),
    ],
)
def test_step_that_cannot_be_taken_is_explained(staff, post, step, prepare, message):
    make.ApplicationFactory(post=post)
    Post.objects.update(**prepare)
    page = staff.post(f"/posts/independent-chair/manage/step/{step}/", follow=True).text
    assert message in page
    assert Post.objects.get().state == prepare.get("state", "advertised")


def test_post_ended_without_an_appointment_says_why_and_tells_all(staff, client, post):
    make.ApplicationFactory(post=post, email="jo@example.org")
    assert (
        "Enter why, as the public reads it" in staff.post("/posts/independent-chair/manage/end/", {"outcome": ""}).text
    )
    staff.post("/posts/independent-chair/manage/end/", {"outcome": "We advertise again in May."})
    assert subjects_to("jo@example.org") == ["The outcome of your application: Independent chair"]
    client.logout()
    assert "We advertise again in May." in client.get("/posts/independent-chair/").text


def test_appointment_that_overlaps_a_term_leaves_everything_as_it_was(staff, post):
    holder = make.ChairFactory(seat=post.seat, holder__name="Ruth Adeyemi")
    chosen = make.ApplicationFactory(post=post, state="shortlisted")
    Post.objects.update(state="interviews")
    page = staff.post(
        f"/posts/independent-chair/manage/applications/{chosen.pk}/appoint/",
        {"starts_on": "1/1/2027", "ends_on": "", "remuneration": "day_rate"},
    ).text
    assert "Ruth Adeyemi holds this seat from 1 January 2020, with no last day" in page
    assert (Post.objects.get().state, post.seat.appointments.get()) == ("interviews", holder)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"title": "!"}, "Enter a title with letters in it"),
        ({"closes_on": "1/1/2020"}, "That day has passed"),
        ({"term_ends_on": "1/1/2030"}, "The last day is before the first"),
        ({"term_starts_on": "1/1/2030"}, "The term begins before people have applied"),
        ({"outline": SimpleUploadedFile("o.pdf", b"\x89PNG\r\n\x1a\n")}, "choose PDF, DOCX, ODT"),
    ],
)
def test_post_with_bad_answers_is_explained_and_not_saved(staff, answers, message):
    seat = make.ChairSeatFactory(board__slug="alliance")
    good = {
        "title": "Chair", "summary": "Kept words", "closes_on": "1/6/2040", "term_starts_on": "1/9/2040",
        "remuneration": "none",
    }  # fmt: skip
    page = staff.post(f"/boards/alliance/seats/{seat.pk}/advertise/", good | answers).text
    assert message in page
    assert "Kept words" in page
    assert not Post.objects.exists()


def test_draft_is_deleted_and_what_was_advertised_stays(staff, post):
    Post.objects.update(state="draft")
    assert "Only staff have seen them" in staff.get("/posts/independent-chair/manage/discard/").text
    staff.post("/posts/independent-chair/manage/discard/")
    assert not Post.objects.exists()
    shown = make.PostFactory(slug="shown")
    page = staff.post("/posts/shown/manage/discard/", follow=True).text
    assert "It was advertised, so it stays on record" in page
    assert Post.objects.get() == shown


def test_vacant_seat_says_that_it_is_advertised(staff, post):
    page = staff.get("/boards/vacancies/").text
    assert "Independent chair<span" in page
    assert f"</a>: advertised, apply by {post.closes_on:%A}" in page


def test_too_many_applications_are_refused_and_the_answers_kept(client, post, settings):
    settings.PUBLIC_FORM_RATE = "2/10m"
    answers = ANSWERS | {"email": "again@example.org"}
    statuses = [client.post("/posts/independent-chair/apply/", answers).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    assert "There have been too many tries" in client.post("/posts/independent-chair/apply/", answers).text


def test_closing_day_is_not_moved_nearer_once_people_know_it(staff, post):
    sooner = post.closes_on - DAY
    answers = {"title": "Independent chair", "summary": "x", "closes_on": f"{sooner:%d/%m/%Y}", "remuneration": "none",
               "term_starts_on": f"{post.term_starts_on:%d/%m/%Y}"}  # fmt: skip
    assert "People were told they can apply until" in staff.post("/posts/independent-chair/edit/", answers).text
    assert Post.objects.get().closes_on == post.closes_on


def test_applications_are_deleted_after_six_months_and_counted(post):
    for number in range(3):
        make.ApplicationFactory(post=post, cv=ContentFile(PDF, name=f"{number}.pdf"), cv_type="application/pdf")
    file = Path(portal_settings.MEDIA_ROOT) / post.applications.first().cv.name
    now = timezone.now()
    kept = timedelta(days=portal_settings.APPLICATIONS_KEPT_DAYS)
    assert applications.delete_due(now) == 0
    Post.objects.update(state="appointed", decided_at=now - kept + timedelta(minutes=1))
    assert applications.delete_due(now) == 0
    Post.objects.update(decided_at=now - kept - timedelta(minutes=1))
    assert file.exists()
    retention.every_hour(now)
    assert not Application.objects.exists()
    assert applications.delete_due(now) == 0
    entry = Entry.objects.get(verb="post.applications_deleted")
    assert entry.details == {"deleted": 3}


def test_conflict_of_interest_goes_with_the_applications_it_is_about(staff, post):
    member = make.PanelMemberFactory(post=post, has_conflict=True, conflict="Jo Field is my sister")
    decided = timezone.now() - timedelta(days=portal_settings.APPLICATIONS_KEPT_DAYS, minutes=1)
    Post.objects.update(state="appointed", decided_at=decided)
    assert "Jo Field is my sister" in staff.get("/posts/independent-chair/manage/panel/").text
    retention.every_hour(timezone.now())
    member.refresh_from_db()
    assert (member.has_conflict, member.conflict) == (True, "")
    assert "Conflict of interest</p>" in staff.get("/posts/independent-chair/manage/panel/").text


def test_record_names_no_applicant(post):
    application = make.ApplicationFactory(post=post, name="Jo Field")
    applications.withdraw(application=application)
    entry = Entry.objects.get()
    assert "Jo" not in f"{entry.subject_label} {entry.details}"


@pytest.mark.parametrize(
    "broken",
    [
        {"outline": ""},
        {"state": "appointed", "decided_at": None},
        {"term_ends_on": timezone.localdate()},
    ],
)
def test_database_refuses_a_post_that_cannot_be(post, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(**broken)


def test_one_application_for_each_address_and_post(post):
    make.ApplicationFactory(post=post, email="jo@example.org")
    with pytest.raises(IntegrityError, match="one_application_for_each_address"), transaction.atomic():
        make.ApplicationFactory(post=post, email="jo@example.org")


def test_lists_ask_as_much_for_fifty_as_for_one(staff, post, django_assert_num_queries):
    make.ApplicationFactory(post=shortlisting(post))
    manage = "/posts/independent-chair/manage/"
    both = [(address, queries(staff, address)) for address in ("/posts/", manage)]
    make.ApplicationFactory.create_batch(50, post=post)
    make.PostFactory.create_batch(55)
    for address, count in both:
        with django_assert_num_queries(count):
            staff.get(address)


def test_panel_member_who_leaves_takes_their_scores_along(staff, post):
    application = make.ApplicationFactory(post=shortlisting(post))
    member = make.PanelMemberFactory(post=post)
    applications.score(application=application, member=member, by=member.user, score=3)
    staff.post(f"/posts/independent-chair/manage/panel/{member.pk}/remove/")
    assert not application.scores.exists()
    assert (
        "Nobody has an account"
        in staff.post("/posts/independent-chair/manage/panel/", {"email": "nobody@example.org"}).text
    )


def test_actions_refuse_what_pages_do_not_offer(post):
    application = make.ApplicationFactory(post=post)
    with pytest.raises(Refusal, match="The shortlist is made between"):
        applications.shortlist(application=application, by=None, state="shortlisted")
    with pytest.raises(Refusal, match="cannot become appointed"):
        actions.appoint(
            application=application, by=None, starts_on=timezone.localdate(), ends_on=None, remuneration="none"
        )


def test_nobody_decides_about_their_own_application(post):
    person = make.StaffFactory(email="jo@example.org")
    own = make.ApplicationFactory(post=shortlisting(post), email="jo@example.org")
    member = make.PanelMemberFactory(post=post, user=person)
    for step in (
        lambda: applications.shortlist(application=own, by=person, state="shortlisted"),
        lambda: applications.score(application=own, member=member, by=person, score=5),
        lambda: actions.appoint(
            application=own, by=person, starts_on=timezone.localdate(), ends_on=None, remuneration="none"
        ),
    ):
        with pytest.raises(Refusal, match="your own application"):
            step()


def test_applicant_decides_about_none_of_the_others(post):
    person = make.StaffFactory(email="jo@example.org")
    own = make.ApplicationFactory(post=shortlisting(post), email="jo@example.org")
    rival = make.ApplicationFactory(post=post)
    member = make.PanelMemberFactory(post=post, user=person)
    steps = (
        lambda: applications.shortlist(application=rival, by=person, state="not_shortlisted"),
        lambda: applications.score(application=rival, member=member, by=person, score=1),
        lambda: actions.end(post=post, by=person, outcome="Nobody was found."),
        lambda: actions.begin_interviews(post=post, by=person),
    )
    for step in steps:
        with pytest.raises(Refusal, match="You applied for this post"):
            step()
    applications.withdraw(application=own)
    assert steps[0]().state == "not_shortlisted"


def test_staff_join_no_panel_by_themselves_and_tell_who_leaves(post):
    staff, other = make.StaffFactory.create_batch(2)
    with pytest.raises(Refusal, match="cannot put yourself on a panel"):
        actions.join_panel(post=post, user=staff, by=staff)
    member = actions.join_panel(post=post, user=staff, by=other)
    actions.leave_panel(member=member, by=other)
    assert subjects_to(staff.email) == ["You are no longer on the panel for Independent chair"]
