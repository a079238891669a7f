"""Every place where somebody can upload a file: one made to break its reader gives a sentence there, and saves nothing."""

import io
import zipfile

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse

from assemblies.lists.models import ListImport
from assemblies.papers.models import Document
from partnership.boards.models import TermsVersion
from partnership.files.limits import MEGABYTE
from partnership.files.uploads import PapersField, ReadField, UploadField
from partnership.partners.models import DirectoryImport
from partnership.posts.models import Application, Post
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
LATE_ENTITY = b'<?xml version="1.0"?><!--' + b" " * 30_000 + b'--><!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'
TOO_MUCH = "unpacks to more than we can read"


def packed(part: str, content: bytes) -> SimpleUploadedFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr(part, content)
    return SimpleUploadedFile("file", out.getvalue())


def bomb() -> SimpleUploadedFile:
    return packed("word/document.xml", b"\0" * 12 * MEGABYTE)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    yield
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def test_cv_made_to_unpack_without_end_is_refused(client):
    post = make.PostFactory(state=Post.State.ADVERTISED)
    answers = {"name": "Ann Hill", "email": "ann@example.org", "statement": "I chair well.", "cv": bomb()}
    response = client.post(reverse("post_apply", args=[post.slug]), answers)
    assert TOO_MUCH in response.text
    assert 'value="Ann Hill"' in response.text
    assert not Application.objects.exists()


def test_document_made_to_unpack_without_end_is_refused(staff):
    meeting = make.MeetingFactory()
    answers = {"title": "Slides", "kind": "slides", "file": bomb()}
    assert TOO_MUCH in staff.post(reverse("manage_document_add", args=[meeting.slug]), answers).text
    assert not Document.objects.exists()


def test_terms_of_reference_made_to_unpack_without_end_are_refused(staff):
    board = make.BoardFactory()
    assert TOO_MUCH in staff.post(reverse("board_terms_new", args=[board.slug]), {"file": bomb()}).text
    assert not TermsVersion.objects.exists()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (bomb, TOO_MUCH),
        (lambda: packed("xl/workbook.xml", LATE_ENTITY), "The file is damaged"),
        (lambda: SimpleUploadedFile("file", b"Name;Email\n" + b"a@x.org;b;" * 400_000), "too wide"),
    ],
    ids=["bomb", "entities", "a million cells"],
)
def test_list_and_directory_made_to_break_their_reader_are_refused(staff, made, said):
    people = make.InvitationListFactory()
    address = reverse("manage_list_import", args=[people.meeting.slug, people.place.slug])
    assert said in staff.post(address, {"file": made()}).text
    assert said in staff.post(reverse("partners_import"), {"file": made()}).text
    assert not ListImport.objects.exists()
    assert not DirectoryImport.objects.exists()


def test_every_form_opens_files_in_the_one_way():
    assert get_resolver().url_patterns  # every form is known now
    files = [
        (form.__name__, name, type(field))
        for form in _forms(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.FileField) and not form.__module__.startswith("django.")
    ]
    assert len(files) >= 6
    assert [each for each in files if not issubclass(each[2], UploadField | ReadField | PapersField)] == []


def _forms(above: type) -> set[type]:
    return {each for form in above.__subclasses__() for each in {form, *_forms(form)}}
