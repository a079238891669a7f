"""The command that reads a folder of the server."""

import os

import pytest
from django.core.management import CommandError, call_command

from assemblies.past_papers.actions import paper_import
from assemblies.past_papers.models import PaperImport, PastPaper
from tests import factories as make
from tests.assemblies.past_papers.archives import AGENDA, MINUTES, PACK, outcomes, read, write, zip_of
from tests.unprivileged import unprivileged

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    files = {
        "2016/03/14/pack.pdf": PACK,
        "2016/HWB minutes 14 March 2016.pdf": MINUTES,
        "140316 Agenda.pdf": AGENDA,
        "Zips/more.zip": zip_of({"2016-04-11 Agenda.pdf": AGENDA}),
        ".hidden.pdf": AGENDA,
    }
    path = write(tmp_path / "Old papers", files)
    (path / "2016" / "2016-03-14 Link.pdf").symlink_to("/etc/passwd")
    (path / "Elsewhere").symlink_to("/etc")
    return path


@pytest.fixture
def board():
    return make.BoardFactory(slug="hwb")


def run(*words, capsys) -> str:
    call_command("import_past_papers", *map(str, words))
    return capsys.readouterr().out


def test_folder_is_read_and_waits_for_staff(board, folder, capsys):
    said = run(folder, "--board", "hwb", capsys=capsys)
    batch = PaperImport.objects.get()
    assert {path: outcome for path, (outcome, _) in outcomes(batch).items()} == {
        "2016/03/14/pack.pdf": "ready",
        "2016/HWB minutes 14 March 2016.pdf": "ready",
        "2016/2016-03-14 Link.pdf": "left_out",
        "140316 Agenda.pdf": "ask",
        "Elsewhere": "left_out",
        "Zips/2016-04-11 Agenda.pdf": "same",
    }
    assert "2016-03-14  Minutes  HWB minutes  (2016/HWB minutes 14 March 2016.pdf)" in said
    assert "needs an answer: 140316 Agenda.pdf. It could be 14 March 2016 or 16 March 2014." in said
    assert f"Look at them at {batch.get_absolute_url()}" in said
    assert (batch.members_only, batch.filename, batch.uploaded_by) == (True, "Old papers", None)
    assert not PastPaper.objects.exists()
    assert (folder / "2016/03/14/pack.pdf").read_bytes() == PACK


def test_folder_is_imported_at_once_where_asked(board, folder, capsys):
    assert "2 papers are imported" in run(folder, "--board", "hwb", "--open", "--confirm", capsys=capsys)
    assert set(PastPaper.objects.values_list("members_only", flat=True)) == {False}
    with pytest.raises(CommandError, match="nothing to import"):
        run(folder, "--board", "hwb", "--confirm", capsys=capsys)
    assert PastPaper.objects.count() == 2


def test_what_may_not_be_read_is_said(board, folder, media):
    write(folder, {"2015/secret/2015-03-14 Minutes.pdf": MINUTES, "2015-04-14 Agenda.pdf": PACK})
    (folder / "2015/secret").chmod(0)
    (folder / "2015-04-14 Agenda.pdf").chmod(0)
    os.mkfifo(folder / "pipe.pdf")
    media.mkdir()
    with unprivileged(folder, media):
        batch = paper_import.start_from_folder(board=board, by=None, folder=folder, members_only=True)
    (folder / "2015/secret").chmod(0o700)
    found = outcomes(read(batch))
    assert found["2015/secret"] == ("left_out", paper_import.FOLDER_NOT_READABLE)
    assert found["2015-04-14 Agenda.pdf"] == ("left_out", paper_import.NOT_READABLE)
    assert found["pipe.pdf"] == ("left_out", "It is not a file")
    assert found["2016/03/14/pack.pdf"] == ("ready", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["/nowhere", "--board", "hwb"], "There is no folder /nowhere"),
        (["/etc/passwd", "--board", "hwb"], "There is no folder"),
        (["/etc", "--board", "none"], "There is no board none"),
    ],
)
def test_what_is_wrong_is_said(board, words, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_past_papers", *words)


def test_empty_folder_is_said(board, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match="There is no file in"):
        call_command("import_past_papers", str(tmp_path / "empty"), "--board", "hwb")


def test_folder_with_more_than_an_import_may_hold_is_refused(board, folder, monkeypatch):
    monkeypatch.setattr("assemblies.past_papers.actions.paper_import.MOST_BYTES_OF_A_PAPER_IMPORT", 1000)
    with pytest.raises(CommandError, match="import its folders one by one"):
        call_command("import_past_papers", str(folder), "--board", "hwb")
    assert not PaperImport.objects.exists()
