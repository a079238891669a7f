"""Applications for a post, and who tries to read those of others: rivals, panels with a conflict, strangers with a CV."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnership.posts.actions import application as applications
from partnership.posts.actions import post as actions
from partnership.posts.models import Application
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n" + b"0123456789" * 20 + b"\n%%EOF"
FORM = {"name": "Jo Field", "email": "jo@example.org", "phone": "", "statement": "I would listen."}


@pytest.fixture
def post():
    return make.PostFactory(state="shortlisting")


@pytest.fixture
def rival(post):
    return make.ApplicationFactory(post=post, name="Ann Hill", statement="All my secrets")


def addresses(post, application) -> list[str]:
    manage = f"/posts/{post.slug}/manage/"
    return [f"{manage}applications/{application.pk}/", f"{manage}applications/{application.pk}/cv/", manage]


# --- who reads --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["received", "shortlisted", "not_shortlisted", "not_appointed"])
def test_staff_who_applied_read_nothing_of_their_rivals(client, post, rival, state):
    person = make.StaffFactory(email="jo@example.org")
    own = make.ApplicationFactory(post=post, email="Jo@Example.org".lower(), state=state)
    sign_in(client, person)
    one, cv, manage = addresses(post, rival)
    assert [client.get(one).status_code, client.get(cv).status_code] == [404, 404]
    page = client.get(manage).content.decode()
    assert "Ann Hill" not in page
    assert "You applied for this post" in page
    assert client.get(addresses(post, own)[0]).status_code == 404  # nor what the panel says of them
    if state in ("received", "shortlisted"):
        applications.withdraw(application=own)
        assert client.get(one).status_code == 200


def test_panel_member_who_applied_reads_no_rivals_name(client, post, rival):
    person = make.UserFactory(email="jo@example.org")
    make.PanelMemberFactory(post=post, user=person, has_conflict=None)
    make.ApplicationFactory(post=post, email="jo@example.org")
    sign_in(client, person)
    for path in ("declare/", ""):
        assert "Ann Hill" not in client.get(f"/posts/{post.slug}/manage/{path}").content.decode()


def test_staff_with_a_conflict_do_not_leave_the_panel_to_read(client, post, rival):
    boss = make.StaffFactory()
    member = make.PanelMemberFactory(post=post, user=boss, has_conflict=True, conflict="A friend")
    sign_in(client, boss).post(f"/posts/{post.slug}/manage/panel/{member.pk}/remove/")
    with pytest.raises(Refusal, match="has a conflict of interest"):
        actions.leave_panel(member=member, by=make.StaffFactory())
    assert [client.get(address).status_code for address in addresses(post, rival)] == [404, 404, 200]


def test_rival_takes_nobody_off_the_panel_nor_puts_anybody_on_it(post, rival):
    person = make.StaffFactory(email="jo@example.org")
    make.ApplicationFactory(post=post, email="jo@example.org")
    member, friend = make.PanelMemberFactory(post=post), make.UserFactory()
    for step in (
        lambda: actions.leave_panel(member=member, by=person),
        lambda: actions.join_panel(post=post, user=friend, by=person),
    ):
        with pytest.raises(Refusal, match="You applied for this post"):
            step()


# --- files ------------------------------------------------------------------------------------------------------------

HTML = b"<!DOCTYPE html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.pdf", HTML), ("cv.pdf.html", HTML), ("cv.svg", b"<svg onload=alert(1)>"), ("cv.docx", b"PK\x03\x04" + b"\0" * 40),
        ("cv.exe", b"MZ" + b"\0" * 80), ("cv.pdf", b""), ("cv.pdf", b"\0" * 400), ("cv.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("cv.pdf", b"GIF89a" + PDF), ("cv.zip", b"PK\x05\x06" + b"\0" * 18),
    ],
)  # fmt: skip
def test_file_that_is_no_cv_is_refused_in_words(client, name, data):
    post = make.PostFactory()
    page = client.post(f"/posts/{post.slug}/apply/", FORM | {"cv": SimpleUploadedFile(name, data)})
    assert (page.status_code, Application.objects.count()) == (200, 0)
    assert "govuk-error-message" in page.content.decode()


@pytest.mark.parametrize(
    "name",
    ["../../../etc/cron.d/cv.pdf", "..\\..\\cv.pdf",
     "cv\r\nX-Evil: 1.pdf", 'a";filename="b.html', "a" * 400 + ".pdf", "\u202efdp.exe"]
)  # fmt: skip
def test_name_of_a_cv_goes_nowhere(client, settings, name):
    post = make.PostFactory(state="advertised")
    client.post(f"/posts/{post.slug}/apply/", FORM | {"cv": SimpleUploadedFile(name, PDF)})
    kept = Application.objects.get()
    assert kept.cv.name.startswith("applications/")
    assert "evil" not in kept.cv.name.lower()
    sign_in(client, make.StaffFactory())
    answer = client.get(addresses(post, kept)[1])
    assert answer.headers["Content-Disposition"] == f'inline; filename="cv-application-{kept.pk}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options"])
def test_stranger_gets_no_byte_of_a_cv_by_any_method(client, post, method):
    kept = make.ApplicationFactory(post=post, cv=SimpleUploadedFile("a.pdf", PDF), cv_type="application/pdf")
    for browser in (client, sign_in(Client(), make.UserFactory())):
        for address in (
            *addresses(post, kept)[:2],
            f"/media/{kept.cv.name}",
            f"/static/{kept.cv.name}",
            f"/{kept.cv.name}",
        ):
            answer = getattr(browser, method)(address, headers={"Range": "bytes=0-50"})
            assert answer.status_code in (302, 403, 404, 405), address
            assert b"0123456789" not in (b"".join(answer) if answer.streaming else answer.content)


def test_key_of_one_applicant_opens_and_takes_back_theirs_alone(client, post, rival):
    own = make.ApplicationFactory(post=post)
    assert "Ann Hill" not in client.get(f"/posts/applications/{own.key}/").content.decode()
    client.post(f"/posts/applications/{own.key}/", {"application": rival.pk, "key": str(rival.key)})
    rival.refresh_from_db()
    own.refresh_from_db()
    assert (own.state, rival.state) == ("withdrawn", "received")
