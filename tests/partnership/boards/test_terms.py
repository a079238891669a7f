"""Terms of reference: versions are added, never edited, and each stays readable."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from partnership.boards.models import TermsVersion
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/boards/forum/terms/"
PDF = b"%PDF-1.7\n1 0 obj"


@pytest.fixture
def board():
    return make.BoardFactory(slug="forum", name="The Forum")


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def test_first_version_is_added_as_words_and_read_in_public(staff, client, board):
    staff.post(f"{ADDRESS}new/", {"adopted_on": "1 July 2020", "text": "# Purpose\n\nTo talk together."})
    client.logout()
    page = client.get(f"{ADDRESS}1/").text
    assert "To talk together." in page
    assert "Adopted on Wednesday 1 July 2020" in page


def test_next_version_keeps_the_one_before_readable(staff, client, board):
    make.TermsVersionFactory(board=board, number=1, text="The old words", adopted_on=date(2020, 1, 1))
    staff.post(
        f"{ADDRESS}new/",
        {"adopted_on": "2 July 2023", "what_changed": "A seat for carers", "file": SimpleUploadedFile("t.pdf", PDF)},
    )
    client.logout()
    assert "A later version was adopted on Sunday 2 July 2023" in client.get(f"{ADDRESS}1/").text
    listed = client.get(ADDRESS).text
    assert listed.index("Version 2") < listed.index("Version 1")
    assert "A seat for carers" in listed
    assert "In force" in listed or "in force" in listed
    answer = client.get(f"{ADDRESS}2/document/")
    assert b"".join(answer.streaming_content) == PDF
    assert client.get(f"{ADDRESS}1/document/").status_code == 404


def test_same_version_sent_twice_is_added_once(staff, board):
    for _ in range(2):
        staff.post(f"{ADDRESS}new/", {"adopted_on": "1 July 2020", "text": "Words"})
    assert board.terms.count() == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"text": ""}, "Write the terms, or choose a PDF"),
        ({"adopted_on": "1 July 2199"}, "That day is in the future"),
        ({"adopted_on": "31 June 2020"}, "There is no such day"),
        ({"adopted_on": "1 July 2019"}, "Version 1 was adopted on 1 January 2020"),
        ({"what_changed": ""}, "Say what has changed since the last version"),
        ({"file": SimpleUploadedFile("t.pdf", b"MZ\x00\x01")}, "We cannot tell what kind of file this is"),
        ({"file": SimpleUploadedFile("t.pdf", b"\x89PNG\r\n\x1a\n")}, "choose PDF"),
    ],
)
def test_version_with_bad_answers_is_explained_and_not_saved(staff, board, answers, message):
    make.TermsVersionFactory(board=board, number=1, adopted_on=date(2020, 1, 1))
    good = {"adopted_on": "1 July 2020", "text": "Kept words", "what_changed": "More seats"}
    page = staff.post(f"{ADDRESS}new/", good | answers).text
    assert message in page
    assert board.terms.count() == 1


def test_database_refuses_to_change_or_delete_a_version(board):
    version = make.TermsVersionFactory(board=board)
    for statement in ("UPDATE boards_termsversion SET text = 'x'", "DELETE FROM boards_termsversion"):
        with pytest.raises(IntegrityError, match="added, never changed"), transaction.atomic():
            connection.cursor().execute(statement)
    assert TermsVersion.objects.get(pk=version.pk).text == version.text


def test_version_without_words_or_file_cannot_be_stored(board):
    with pytest.raises(IntegrityError, match="terms_say_something"), transaction.atomic():
        make.TermsVersionFactory(board=board, text="")


def test_list_of_versions_query_count_is_constant(client, board, django_assert_num_queries):
    make.TermsVersionFactory(board=board, number=1)
    count = queries(client, ADDRESS)
    for number in range(2, 61):
        make.TermsVersionFactory(board=board, number=number)
    with django_assert_num_queries(count):
        page = client.get(ADDRESS).text
    assert "1 to 50 of 60 versions" in page
    assert ">Version 10<" not in page
    assert ">Version 10<" in client.get(f"{ADDRESS}?page=2").text
