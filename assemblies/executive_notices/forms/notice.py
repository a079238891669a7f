"""What a notice of a council's executive says. What is asked depends on its kind."""

from typing import Any

from django import forms
from django.utils import timezone

from assemblies.executive_notices.asked import Asked
from assemblies.executive_notices.notice_kinds import ABOUT, Kind
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

LONG = forms.Textarea(attrs={"rows": 4})
ASKED = {
    Kind.KEY: ("matter", "first_on", "last_on", "documents"),
    Kind.KEY_SCRUTINY: ("matter", "told", "told_on", "reasons"),
    Kind.KEY_URGENT: ("matter", "told", "told_on", "reasons"),
    Kind.PRIVATE: ("matter", "first_on", "last_on", "reasons"),
    Kind.PRIVATE_SECOND: ("matter", "reasons", "representations", "answer"),
    Kind.PRIVATE_URGENT: ("matter", "told", "told_on", "reasons"),
}


class NoticeForm(PortalForm):
    """The questions of one kind, filled in with what is known."""

    matter = forms.CharField(
        label="What it is about",
        max_length=300,
        help_text="The public will read this. Name nothing here that is confidential or exempt.",
    )
    first_on = DayField(
        label="First day on which it may be", help_text="The day of the meeting, or the first of a period."
    )
    last_on = DayField(
        label="Last day on which it may be",
        help_text="A later day lets the meeting move within the period without another notice.",
    )
    documents = forms.CharField(
        label="Documents submitted to the board",
        required=False,
        widget=LONG,
        help_text="One on each line. Others may be submitted later.",
    )
    told = forms.CharField(
        label="Who", max_length=200, help_text="Their name and committee: the chair of the relevant scrutiny committee."
    )
    told_on = DayField(label="When")
    reasons = forms.CharField(label="Why", widget=LONG)
    representations = forms.CharField(
        label="Representations received",
        required=False,
        widget=LONG,
        help_text="What people said about why the meeting should be open. Leave it empty if there were none.",
    )
    answer = forms.CharField(label="The board’s answer to them", required=False, widget=LONG)

    def __init__(self, *args, asked: Asked, kind: Kind, **kwargs) -> None:
        self.submit_label = ABOUT[kind].button
        kwargs["initial"] = _known(asked, kind)
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in ASKED[kind]]:
            del self.fields[name]
        self._word(kind)

    def _word(self, kind: Kind) -> None:
        about = ABOUT[kind]
        if "reasons" in self.fields:
            self.fields["reasons"].label, self.fields["reasons"].help_text = about.reasons, about.hint
            self.fields["reasons"].error_messages["required"] = "Give the reason in a sentence"
        if "told" in self.fields:
            agreed = kind != Kind.KEY_SCRUTINY
            self.fields["told"].label = "Who agreed" if agreed else "Who was told"
            self.fields["told_on"].label = "Day on which they agreed" if agreed else "Day on which they were told"
            if agreed:
                self.fields["told"].help_text = (
                    "Their name and committee: the chair of the relevant scrutiny committee, or, where there is none or they "
                    "cannot act, the chair or vice-chair of the council."
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "The last day is before the first: enter a later one")
        if cleaned.get("told_on") and cleaned["told_on"] > timezone.localdate():
            self.add_error("told_on", "Enter the day, which cannot be in the future")
        if cleaned.get("representations") and not cleaned.get("answer"):
            self.add_error("answer", "Enter the board’s answer to the representations")
        return cleaned


def _known(asked: Asked, kind: Kind) -> dict[str, Any]:
    """The day of the meeting, and what an earlier notice of the same said."""
    day = timezone.localdate(asked.meeting.starts_at)
    earlier = next((each for each in asked.notices if each.withdrawn_at is None), None)
    facts = {"first_on": day, "last_on": day, "matter": asked.item.public_title if asked.item else ""}
    if earlier:
        facts["matter"] = earlier.matter
    if earlier and kind == Kind.PRIVATE_SECOND:
        facts["reasons"] = earlier.reasons
    return facts


class WithdrawForm(PortalForm):
    """Why a notice is withdrawn."""

    submit_label = "Withdraw the notice"
    submit_warning = True
    reason = forms.CharField(
        label="Why it is withdrawn", max_length=500, widget=LONG, help_text="The public will read this."
    )
