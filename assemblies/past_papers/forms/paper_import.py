"""Old papers that come in, and what is said of them before they are imported."""

from typing import Any
from uuid import uuid4

from django import forms

from assemblies.past_papers.file_names.days import Order
from assemblies.past_papers.file_names.kinds import Kind
from assemblies.past_papers.forms.papers import EVERYBODY, MEMBERS, readers_field
from assemblies.past_papers.models import ImportedFile
from partnership.files.limits import MEGABYTE, MOST_BYTES_OF_A_PAPER_IMPORT, MOST_BYTES_OF_A_PAST_PAPER
from partnership.files.uploads import PapersField
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

MOST_FILES = 100  # in one post: Django refuses more before anything is read of it
TOO_MANY_FILES = f"Choose at most {MOST_FILES} files at once, or put them into a zip"
SAME_AS_ALL = ""
OTHERS = "As for the rest of this import"


class UploadPapersForm(PortalForm):
    papers = PapersField(
        label="A zip, or PDFs",
        help_text=f"A zip with all its folders, or up to {MOST_FILES} PDFs. Each PDF at most "
        f"{MOST_BYTES_OF_A_PAST_PAPER // MEGABYTE} MB, all together at most "
        f"{MOST_BYTES_OF_A_PAPER_IMPORT // MEGABYTE // 1024} GB.",
    )
    readers = readers_field(
        "Who may read them", help_text="You can say something else of single papers before they are imported."
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    submit_label = "Read the files"

    def clean(self) -> dict[str, object]:
        if "key" in self.errors:  # which nobody sees
            self.add_error(None, "Open this page again and choose the files once more")
        return super().clean()


class ReadersForm(PortalForm):
    readers = readers_field("Who may read them")
    submit_label = ""


class OrderForm(PortalForm):
    order = forms.ChoiceField(
        label="What do six numbers in a name mean?",
        choices=[
            (Order.DAY_FIRST.value, "Day, month, year: 140316 is 14 March 2016"),
            (Order.YEAR_FIRST.value, "Year, month, day: 140316 is 16 March 2014"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what six numbers mean"},
    )
    submit_label = ""


class ImportedFileForm(PortalForm):
    """What one file is. The question about its folder stands where other files of it need a day too."""

    submit_label = ""
    held_on = DayField(label="Day of the meeting", help_text="For example, 14 March 2016")
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), *Kind.choices])
    title = forms.CharField(label="Title", max_length=200)
    readers = forms.ChoiceField(
        label="Who may read it",
        required=False,
        choices=[
            (SAME_AS_ALL, OTHERS),
            (EVERYBODY, "Everybody"),
            (MEMBERS, "Members of the board and staff alone"),
        ],
    )
    whole_folder = forms.BooleanField(required=False)

    def __init__(self, row: ImportedFile, data=None) -> None:
        said = {None: SAME_AS_ALL, True: MEMBERS, False: EVERYBODY}[row.members_only]
        start = {"held_on": row.held_on, "kind": row.kind, "title": row.title, "readers": said}
        super().__init__(data, initial=start, prefix=f"file-{row.pk}")
        self.fields["readers"].label = "Who may read it"
        self.fields["whole_folder"].label = f"Use this day for all files in “{row.folder}” that need one"
        if row.outcome != ImportedFile.Outcome.ASK or row.held_on or not row.folder:
            del self.fields["whole_folder"]

    @property
    def facts(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        said = self.cleaned_data
        return {
            "held_on": said["held_on"],
            "kind": said["kind"],
            "title": said["title"],
            "members_only": {SAME_AS_ALL: None, MEMBERS: True, EVERYBODY: False}[said["readers"]],
            "whole_folder": said.get("whole_folder", False),
        }
