import pytest
from django.contrib.auth import get_user_model

from partnership.local import people
from partnership.local.people import DemonstrationPerson


@pytest.fixture
def ann(db):
    user = get_user_model().objects.create_user("ann@example.org", name="Ann Example")
    people.PEOPLE.append(DemonstrationPerson("Chair of a board", user.email, "Publish an agenda."))
    yield user
    people.PEOPLE.pop()


def test_sign_in_as_offers_each_role(client, ann):
    page = client.get("/sign-in-as/").content.decode()
    assert "Chair of a board" in page
    assert "Sign in as Ann Example" in page


def test_sign_in_as_signs_in_with_the_second_factor_satisfied(client, ann):
    answer = client.post("/sign-in-as/", {"email": ann.email})
    assert answer.headers["Location"] == "/home/"
    assert client.session["demonstration_sign_in"] is True
    assert client.session["_auth_user_id"] == str(ann.pk)


@pytest.mark.parametrize("email", ["", "bob@example.org"])
def test_sign_in_as_signs_in_nobody_else(client, ann, email):
    get_user_model().objects.create_user("bob@example.org", name="Bob, not of the demonstration")
    assert client.post("/sign-in-as/", {"email": email}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/sign-in-as/", "/inbox/"])
def test_demonstration_pages_are_absent_for_other_machines(client, db, path):
    assert client.get(path, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(path, REMOTE_ADDR="127.0.0.1").status_code == 200
