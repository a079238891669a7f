"""Asking those a seat speaks for, answering, summing up, reporting back, marking an item."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.voice.actions.partner_answer import View
from assemblies.voice.actions.report_back import Outcome
from assemblies.voice.models import CallForViews, CallTopic, PartnerAnswer, ReportBack, TopicView
from assemblies.voice.models.report_back import Version
from partnership.ui.fields import MomentField
from partnership.ui.forms import PortalForm

Stance = TopicView.Stance
WORDS_NEEDED: dict[str, str] = {
    Stance.CHANGES: "Say what should change",
    Stance.CONCERNS: "Say what concerns you",
    Stance.CHANGE: "Say how it should read",
    Stance.NO_LONGER: "Say why it no longer stands",
}


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CallForm(PortalForm):
    items = forms.ModelMultipleChoiceField(
        label="Items of the agenda",
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label="A question of your own",
        max_length=300,
        required=False,
        help_text="Word it so that people can support it or have concerns: “Should the board …?”",
    )
    words = forms.CharField(
        label="What you would like to know",
        max_length=2000,
        required=False,
        widget=lines(4),
        help_text="In your own words. Everyone you ask will read it, also in the email.",
    )
    closes_at = MomentField(label="Answers close", help_text="Before the meeting, with time for you to read them.")
    key = forms.UUIDField(widget=forms.HiddenInput)
    submit_label = "Ask them"

    def __init__(self, *args, items: list[AgendaItem], meeting: Meeting, **kwargs) -> None:
        kwargs["initial"] = {"key": uuid4(), "closes_at": self._usual_close(meeting)}
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = AgendaItem.objects.filter(pk__in=[item.pk for item in items])
        self.fields["items"].error_messages["invalid_choice"] = "The agenda has just changed. Choose its items again."
        self.fields["items"].label_from_instance = lambda item: item.title
        if not items:
            del self.fields["items"]
            asked = self.fields["question"]
            asked.label, asked.required = "Your question", True
            asked.error_messages["required"] = "Enter your question"

    @staticmethod
    def _usual_close(meeting: Meeting) -> datetime | None:
        """Two days before the meeting at the end of office hours, where that is still to come."""
        day = timezone.localdate(meeting.starts_at) - timedelta(days=2)
        close = timezone.make_aware(datetime.combine(day, time(17)))
        return close if close > timezone.now() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors.pop("key", None):  # nobody types it: a form sent without it counts as a new submission
            cleaned["key"] = uuid4()
        asked_wrongly = "items" in self.errors or "question" in self.errors
        if not asked_wrongly and not cleaned.get("items") and not cleaned.get("question"):
            both = "items" in self.fields
            self.add_error(
                "question", "Choose an item, or ask a question of your own" if both else "Enter your question"
            )
        return cleaned


class ClosingForm(PortalForm):
    closes_at = MomentField(label="Answers close")
    submit_label = "Move the closing time"


class AnswerForm(PortalForm):
    """A stance and words for each topic, for one partner."""

    named = forms.BooleanField(
        label="Our words may be quoted with our name",
        required=False,
        help_text="If you do not tick this, they may be quoted without it.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    submit_label = "Send our answer"

    def __init__(
        self, *args, call: CallForViews, topics: list[CallTopic], answer: PartnerAnswer | None, **kwargs
    ) -> None:
        self.topics = topics
        kwargs["initial"] = self._stands(answer)
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {}
        for topic in topics:
            title = f"{topic.position}. {topic}" if len(topics) > 1 else str(topic)
            asked[f"stance_{topic.pk}"] = forms.ChoiceField(
                label=title,
                choices=[(stance.value, stance.label) for stance in call.stances],
                widget=forms.RadioSelect,
                help_text=topic.about,
                error_messages={"required": f"Choose where you stand on “{topic}”"},
            )
            asked[f"words_{topic.pk}"] = forms.CharField(
                label=self._words_label(call, topic), max_length=4000, required=False, widget=lines(3)
            )
        if call.is_about_purpose:
            self.fields[
                "named"
            ].help_text = "If you do not tick this, only the chair, members of the board and staff read them."
        for field in asked.values():
            self._speak(field)
        legends = [Field.radios(name, legend_size=Size.SMALL) if name.startswith("stance_") else name for name in asked]
        self.helper.layout = Layout(*legends, "named", "seen")
        last = {name: self.fields[name] for name in ("named", "seen")}
        self.fields.clear()
        self.fields.update(asked | last)

    @staticmethod
    def _words_label(call: CallForViews, topic: CallTopic) -> str:
        return f"Your words on line {topic.position}" if call.is_about_purpose else f"Your words on “{topic}”"

    @staticmethod
    def _stands(answer: PartnerAnswer | None) -> dict[str, Any]:
        if answer is None:
            return {"seen": 0}
        start: dict[str, Any] = {"seen": answer.revision, "named": answer.named}
        for view in answer.views.all():
            start |= {f"stance_{view.topic_id}": view.stance, f"words_{view.topic_id}": view.words}
        return start

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors.pop("seen", None):  # nobody types it: without it we take it that they saw no answer
            cleaned["seen"] = 0
        for topic in self.topics:
            needed = WORDS_NEEDED.get(cleaned.get(f"stance_{topic.pk}", ""))
            if needed and f"words_{topic.pk}" not in self.errors and not cleaned.get(f"words_{topic.pk}"):
                self.add_error(f"words_{topic.pk}", needed)
        return cleaned

    def views(self) -> dict[CallTopic, View]:
        """What was answered, as the action takes it."""
        given = self.cleaned_data
        return {topic: View(given[f"stance_{topic.pk}"], given[f"words_{topic.pk}"]) for topic in self.topics}


class SummaryForm(PortalForm):
    text = forms.CharField(
        label="What members said",
        max_length=20_000,
        widget=lines(18),
        help_text="A draft made from the answers. Change it as you like: it becomes a paper that others read. A line "
        "that begins with a hyphen becomes a bullet.",
        error_messages={"required": "Enter what members said"},
    )
    item = forms.ModelChoiceField(
        label="Item it belongs to",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="None: with the papers of the meeting",
    )
    submit_label = "Attach it as a paper"

    def __init__(self, *args, items: list[AgendaItem], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = AgendaItem.objects.filter(pk__in=[item.pk for item in items])
        if not items:
            del self.fields["item"]


class ReportForm(PortalForm):
    """What to tell those one speaks for: words, and the outcome of each item."""

    text = forms.CharField(
        label="What you want to tell them",
        max_length=10_000,
        widget=lines(8),
        help_text="What was decided, what your members’ views changed, what comes next.",
    )
    public = forms.BooleanField(
        label="Show it to everyone on the page of my seat",
        required=False,
        help_text="If you do not tick this, only staff and the people you speak for can read it.",
    )
    submit_label = "Send the report"

    def __init__(self, *args, meeting: Meeting, subjects: list[tuple[str, AgendaItem | None]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = subjects
        public = self.fields.pop("public")
        for number, (title, _) in enumerate(subjects):
            label = f"Outcome of “{title}”"
            field = forms.CharField(label=label, max_length=4000, required=False, widget=lines(3))
            self._speak(field)
            self.fields[f"outcome_{number}"] = field
        if meeting.is_public:
            self.fields["public"] = public

    def outcomes(self) -> list[Outcome]:
        return [
            Outcome(title, self.cleaned_data[f"outcome_{number}"], item)
            for number, (title, item) in enumerate(self.subjects)
        ]


class CorrectionForm(ReportForm):
    """The report in other words, as it stands until they are changed, and what changed."""

    note = forms.CharField(
        label="What changed",
        max_length=1000,
        widget=lines(3),
        help_text="The people you told read this first, in an email, and everyone sees it on the report.",
        error_messages={"required": "Say what has changed: people read this first"},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    submit_label = "Send the correction"

    def __init__(
        self, *args, report: ReportBack, stands: Version, subjects: list[tuple[str, AgendaItem | None]], **kwargs
    ) -> None:
        written = {line.title: line.outcome for line in stands.lines}
        start = {f"outcome_{number}": written.get(title, "") for number, (title, _) in enumerate(subjects)}
        kwargs["initial"] = start | {"text": stands.text, "seen": stands.number}
        super().__init__(*args, meeting=report.meeting, subjects=subjects, **kwargs)
        self.fields.pop("public", None)
        for name in ("note", "seen"):
            self.fields[name] = self.fields.pop(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.errors.pop("seen", None)  # nobody types it: without it we take it that they read the report as it was sent
        cleaned["seen"] = cleaned.get("seen") or 0
        return cleaned


class MarkForm(PortalForm):
    how = forms.CharField(
        label="How members’ input changed it",
        max_length=2000,
        widget=lines(4),
        help_text="Everyone who reads the agenda will see this. You cannot remove it, only withdraw it with a reason.",
        error_messages={"required": "Say how members’ input changed it"},
    )
    submit_label = "Mark the item"


class TakeBackForm(PortalForm):
    because = forms.CharField(
        label="Why it no longer holds",
        max_length=2000,
        widget=lines(3),
        help_text="Everyone who reads the agenda will see this.",
        error_messages={"required": "Say why it no longer holds"},
    )
    submit_label = "Withdraw the mark"
    submit_warning = True
