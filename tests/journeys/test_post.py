"""A chair is found: staff advertise the seat, two people apply, the panel declares and scores, one holds the seat."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partnership.accounts.models import User
from partnership.posts.models import Post
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = timedelta(days=1)
PDF = {"name": "role-outline.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n1 0 obj"}


@pytest.fixture
def seat(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make.InductionStepFactory(title="Read the code of conduct")
    return make.ChairSeatFactory(title="Independent chair", board__name="The Alliance", board__slug="alliance")


def written(day) -> str:
    return f"{day.day} {day:%B %Y}"


def apply(page, look, *, name: str, email: str, why: str, script: bool) -> None:
    """Somebody without an account finds the post among all posts, reads what it asks for, and applies."""
    page.goto("/posts/")
    look(page, "Posts", script=script, name="post-list")
    page.get_by_role("link", name="Chair of the alliance").click()
    look(page, "Chair of the alliance", script=script, name="post-advert")
    expect(page.get_by_role("link", name="Role outline")).to_be_visible()
    page.get_by_role("link", name="Apply", exact=True).click()
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Send your application").click()
    look(page, "Error: Apply: Chair of the alliance", script=script, name="post-unanswered")
    expect(page.get_by_label("Your name")).to_have_value(name)
    page.get_by_label("Your email address").fill(email)
    page.get_by_label("Why you, and what you would bring").fill(why)
    page.get_by_role("button", name="Send your application").click()
    look(page, "Check your email: Chair of the alliance", script=script, name="post-sent")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_chair_is_advertised_scored_appointed_and_holds_the_seat(*, enter, look, post, seat, width, script):
    staff = enter(make.StaffFactory(), width=width, script=script)
    near, fair = make.UserFactory(name="Nia Close"), make.UserFactory(name="Farid Even")
    today = timezone.localdate()

    def see(page, title, name):
        look(page, title, script=script, name=f"post-{name}")

    staff.goto(seat.get_absolute_url())
    staff.get_by_role("link", name="Advertise the seat as a post").click()
    see(staff, "Advertise the seat Independent chair", "new")
    staff.get_by_label("Title").fill("Chair of the alliance")
    staff.get_by_label("What the post is").fill("Leads the **alliance**, two days a month.")
    staff.get_by_label("Last day to apply").fill(written(today))
    staff.get_by_label("First day of the term").fill(written(today + 30 * DAY))
    staff.get_by_label("Last day of the term").fill(written(today + 760 * DAY))
    staff.get_by_label("Role outline").set_input_files(PDF)
    staff.get_by_role("button", name="Save post").click()
    see(staff, "Applications and panel: Chair of the alliance", "draft")
    staff.get_by_role("link", name="Advertise the post").click()
    see(staff, "Advertise Chair of the alliance?", "advertise")
    staff.get_by_role("button", name="Advertise the post").click()
    expect(staff.locator("main")).to_contain_text("People can apply until")

    jo, kim = enter(None, width=width, script=script), enter(None, width=width, script=script)
    apply(jo, look, name="Jo Field", email="jo@example.org", why="I would listen first.", script=script)
    apply(kim, look, name="Kim Wood", email="kim@example.org", why="I have chaired before.", script=script)
    own = next(
        link for mail in post() if mail.to == ["jo@example.org"] for link in mail.links if "/applications/" in link
    )
    jo.goto(own)
    see(jo, "Your application: Chair of the alliance", "own")
    expect(jo.locator("main")).to_contain_text("We have your application.")

    staff.reload()
    staff.get_by_role("link", name="Change the panel").click()
    for member in (near, fair):
        staff.get_by_label("Email address of the person").fill(member.email)
        staff.get_by_role("button", name="Add to the panel").click()
        expect(staff.get_by_role("heading", name=member.name)).to_be_visible()
    see(staff, "Panel: Chair of the alliance", "panel")
    Post.objects.update(closes_on=today - DAY)
    staff.goto("/posts/chair-of-the-alliance/manage/")
    staff.get_by_role("link", name="Start shortlisting").click()
    see(staff, "Give the applications for Chair of the alliance to the panel?", "begin")
    staff.get_by_role("button", name="Start shortlisting").click()
    expect(staff.locator("main")).to_contain_text("Nia Close: has not declared yet")

    asked = {mail.to[0]: mail.links[0] for mail in post() if mail.to[0] in {near.email, fair.email}}
    nia, farid = enter(near, width=width, script=script), enter(fair, width=width, script=script)
    for page, member in ((nia, near), (farid, fair)):
        page.goto(asked[member.email])
        expect(page.get_by_role("link", name="Jo Field")).to_have_count(0)
        page.get_by_role("link", name="Declare a conflict or none").click()
        see(page, "Conflicts of interest: Chair of the alliance", "declare")
    nia.get_by_label("Yes", exact=True).check()
    nia.get_by_role("button", name="Save").click()
    see(nia, "Error: Conflicts of interest: Chair of the alliance", "declare-unsaid")
    nia.get_by_label("If yes, what it is").fill("Jo is my sister.")
    nia.get_by_role("button", name="Save").click()
    expect(nia.locator("main")).to_contain_text(
        "You have a conflict of interest, so you cannot see or score applications"
    )
    see(nia, "Applications and panel: Chair of the alliance", "conflict")
    farid.get_by_label("No", exact=True).check()
    farid.get_by_role("button", name="Save").click()
    farid.get_by_role("link", name="Jo Field").click()
    see(farid, "Jo Field: Chair of the alliance", "application")
    farid.get_by_label("5", exact=True).check()
    farid.get_by_label("Why", exact=False).last.fill("Asks before telling.")
    farid.get_by_role("button", name="Save your score").click()
    expect(farid.locator("main")).to_contain_text("5.0 of 5, from 1 score")

    staff.reload()
    see(staff, "Applications and panel: Chair of the alliance", "scored")
    expect(staff.locator("main")).to_contain_text("Nia Close: conflict of interest, does not score (Jo is my sister.)")
    staff.get_by_role("button", name="Shortlist Jo Field", exact=True).click()
    expect(staff.locator("main")).to_contain_text("Saved for Jo Field.")
    staff.get_by_role("button", name="Do not shortlist Kim Wood").click()
    expect(staff.locator("main")).to_contain_text("Saved for Kim Wood.")
    staff.get_by_role("link", name="Close the shortlist and email everybody").click()
    see(staff, "Start interviews for Chair of the alliance?", "interviews")
    staff.get_by_role("button", name="Start interviews").click()
    jo.reload()
    expect(jo.locator("main")).to_contain_text("You are shortlisted.")

    staff.get_by_role("link", name="Appoint Jo Field").click()
    see(staff, "Appoint Jo Field?", "appoint")
    staff.get_by_label("From").fill(written(today))
    staff.get_by_label("What the public reads").fill("Chosen from two.")
    staff.get_by_role("button", name="Appoint and tell everyone").click()
    expect(staff.locator("main")).to_contain_text("Jo Field has been appointed.")
    see(staff, "Applications and panel: Chair of the alliance", "appointed")

    told = {(mail.to[0], mail.subject) for mail in post()}
    assert ("jo@example.org", "You have been appointed: Chair of the alliance") in told
    assert ("kim@example.org", "You have been appointed: Chair of the alliance") not in told
    jo.goto("/posts/chair-of-the-alliance/")
    see(jo, "Chair of the alliance", "outcome")
    expect(jo.locator("main")).to_contain_text("Jo Field is appointed")
    jo.get_by_role("link", name="Independent chair, The Alliance").click()
    see(jo, "Independent chair, The Alliance", "seat")
    expect(jo.locator("main")).to_contain_text("Jo Field")
    expect(jo.locator("main")).not_to_contain_text("Nobody holds this seat")
    holder = enter(User.objects.get(email="jo@example.org"), width=width, script=script)
    holder.goto("/induction/")
    see(holder, "Your induction", "induction")
    expect(holder.get_by_role("heading", name="Independent chair, The Alliance")).to_be_visible()
    expect(holder.get_by_role("link", name="Read the code of conduct")).to_be_visible()
