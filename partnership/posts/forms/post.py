"""A post: its advert, who applies, who scores, who is appointed."""

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from partnership.boards.forms.person import PersonField
from partnership.boards.forms.seat import BACKWARDS
from partnership.boards.models import Appointment
from partnership.files.kinds import DOCX, ODT, PDF
from partnership.files.uploads import UploadField
from partnership.posts.models import Post
from partnership.ui.fields import DayField, NameField
from partnership.ui.forms import PortalForm, PortalModelForm, formfield

PAPERS = (PDF, DOCX, ODT)
LONG = 10_000


class PostForm(PortalModelForm):
    """The advert as staff write it."""

    submit_label = "Save post"
    outline = UploadField(
        label="Role outline",
        kinds=PAPERS,
        required=False,
        help_text="PDF, Word or OpenDocument, at most 20 MB. You need it before you advertise.",
    )

    class Meta:
        model = Post
        fields = ["title", "summary", "closes_on", "term_starts_on", "term_ends_on", "remuneration"]
        formfield_callback = formfield
        labels = {"remuneration": "What the holder is paid"}
        help_texts = {
            "title": "For example, Independent chair of the alliance",
            "summary": "What the holder does, who you are looking for, how much time it takes, and who to ask",
            "term_ends_on": "Leave empty if no end is known",
        }

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if not slugify(title):
            raise forms.ValidationError("Enter a title with letters in it, like Independent chair")
        return title

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate() and "closes_on" in self.changed_data:
            raise forms.ValidationError("That day has passed: enter a later one")
        return day

    def clean(self):
        cleaned = super().clean()
        closes, first, last = (cleaned.get(name) for name in ("closes_on", "term_starts_on", "term_ends_on"))
        if first and last and last < first:
            self.add_error("term_ends_on", BACKWARDS)
        if closes and first and first <= closes:
            self.add_error("term_starts_on", "The term begins before people have applied: enter a later day")
        return cleaned


class ApplicationForm(PortalForm):
    """What somebody sends who would like the post."""

    submit_label = "Send your application"
    name = NameField(label="Your name")
    email = forms.EmailField(label="Your email address", max_length=254)
    phone = forms.CharField(label="Your phone number", max_length=40, required=False)
    statement = forms.CharField(
        label="Why you, and what you would bring",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Say how you meet what the role outline asks for. At most 10,000 letters, about four pages.",
    )
    cv = UploadField(
        label="Your CV", kinds=PAPERS, required=False, most_bytes=5 * 1024 * 1024,
        help_text="PDF, Word or OpenDocument, at most 5 MB",
    )  # fmt: skip


class PanelForm(PortalForm):
    submit_label = "Add to the panel"
    email = PersonField(label="Email address of the person", help_text="They need an account on the portal")


class DeclareForm(PortalForm):
    submit_label = "Save"
    mark_optional = False
    has_conflict = forms.TypedChoiceField(
        label="Do you have a conflict of interest with anyone who applied?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        error_messages={"required": "Say whether you have a conflict of interest"},
    )
    conflict = forms.CharField(
        label="If yes, what it is", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staff read it.",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("has_conflict") and not cleaned.get("conflict"):
            self.add_error("conflict", "Say what the conflict is")
        return cleaned


class ScoreForm(PortalForm):
    submit_label = "Save your score"
    score = forms.TypedChoiceField(
        label="Your score",
        choices=[(number, str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect,
        coerce=int,
        help_text="1: does not meet the outline. 5: meets all of it.",
        error_messages={"required": "Choose a score from 1 to 5"},
    )
    remark = forms.CharField(label="Why", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AppointForm(PortalForm):
    submit_label = "Appoint and tell everyone"
    submit_warning = True
    starts_on = DayField(label="From")
    ends_on = DayField(label="Until", required=False, help_text="Leave empty if no end is known")
    remuneration = forms.ChoiceField(label="What they are paid", choices=Appointment.Remuneration.choices)
    outcome = forms.CharField(
        label="What the public reads", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", BACKWARDS)
        return cleaned


class EndPostForm(PortalForm):
    submit_label = "End without an appointment"
    submit_warning = True
    outcome = forms.CharField(
        label="Why, as the public reads it", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
