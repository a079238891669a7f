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
    assert client.get(path, REMOTE_ADDR="").status_code == 404
    assert client.get(path, REMOTE_ADDR="127.0.0.1").status_code == 200


OF_A_PROXY = {"HTTP_X_FORWARDED_FOR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "http", "HTTP_X_FORWARDED_HOST": "localhost",
              "HTTP_FORWARDED": "for=127.0.0.1", "HTTP_VIA": "1.1 proxy", "HTTP_X_REAL_IP": "127.0.0.1",
              "HTTP_CF_CONNECTING_IP": "127.0.0.1", "HTTP_TRUE_CLIENT_IP": "127.0.0.1", "HTTP_X_ORIGINAL_FOR": "127.0.0.1",
              "HTTP_X_FORWARDED_PREFIX": "", "SERVER_PROTOCOL": "HTTP/1.0"}  # fmt: skip


@pytest.mark.parametrize("header", OF_A_PROXY)
@pytest.mark.parametrize("path", ["/sign-in-as/", "/inbox/", "/inbox/1/", "/inbox/1/html/", "/inbox/1/invitation.ics"])
def test_demonstration_pages_are_absent_past_a_proxy(client, db, path, header):
    assert client.get(path, **{header: OF_A_PROXY[header]}).status_code == 404


@pytest.mark.parametrize("host", ["portal.example.org", "127.0.0.1.nip.io", "192.0.2.7:8000"])
@pytest.mark.parametrize("path", ["/sign-in-as/", "/inbox/"])
def test_demonstration_pages_are_absent_under_another_name(client, db, settings, path, host):
    settings.ALLOWED_HOSTS = ["*"]
    assert client.get(path, HTTP_HOST=host).status_code == 404
    for name in ("localhost", "127.0.0.1:8000", "[::1]:8000"):
        assert client.get(path, HTTP_HOST=name).status_code == 200


def test_nobody_is_signed_in_past_a_proxy(client, ann):
    assert client.post("/sign-in-as/", {"email": ann.email}, HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    assert "_auth_user_id" not in client.session
