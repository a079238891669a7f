from django import forms

from assemblies.organising.actions.reminder_rule import check_placeholders
from assemblies.organising.models import ReminderRule
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalForm

Anchor, Audience = ReminderRule.Anchor, ReminderRule.Audience
UNITS = {"days": 24 * 60, "hours": 60, "minutes": 1}
LONGEST = 365 * 24 * 60
MOMENTS = [
    (f"{Anchor.START}:{Audience.COMING}", "Before it starts, to people with a place"),
    (f"{Anchor.START}:{Audience.UNANSWERED}", "Before it starts, to people who have not answered"),
    (f"{Anchor.CLOSING}:{Audience.UNANSWERED}", "Before registration closes, to people who have not answered"),
    (f"{Anchor.END}:{Audience.ATTENDED}", "After it ends, to people who came"),
]


class ReminderForm(EditConflictMixin, PortalForm):
    """When, who to and in which words."""

    submit_label = "Save the reminder"

    revision = RevisionField()
    moment = forms.ChoiceField(label="When, and who to?", choices=MOMENTS, widget=forms.RadioSelect)
    number = forms.IntegerField(
        label="How long before or after?",
        min_value=0,
        error_messages={"min_value": "How long before or after must be 0 or more"},
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    unit = forms.ChoiceField(label="Days, hours or minutes?", choices=[(unit, unit.capitalize()) for unit in UNITS])
    subject = forms.CharField(max_length=200)
    text = forms.CharField(
        max_length=4000,
        help_text="{name}, {meeting}, {when} and {link} are filled in for each person. "
        "Date, place, how to join and the links to change or cancel follow by themselves.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_subject(self) -> str:
        return self._known("subject")

    def clean_text(self) -> str:
        return self._known("text")

    def clean(self) -> dict:
        cleaned = super().clean()
        if "number" in cleaned and "unit" in cleaned:
            cleaned["minutes"] = cleaned["number"] * UNITS[cleaned["unit"]]
            if cleaned["minutes"] > LONGEST:
                self.add_error("number", "How long before or after must be a year or less")
        return cleaned

    def fields_of_rule(self) -> dict:
        """What the answers say of a rule: anchor, audience, minutes, subject and text."""
        anchor, audience = self.cleaned_data["moment"].split(":")
        return {"anchor": anchor, "audience": audience} | {
            name: self.cleaned_data[name] for name in ("minutes", "subject", "text")
        }

    @staticmethod
    def initial_of(rule: ReminderRule) -> dict:
        """The answers that would give the rule as it is."""
        unit = next(unit for unit, size in UNITS.items() if rule.minutes % size == 0)
        audience = Audience.ATTENDED if rule.anchor == Anchor.END else rule.audience
        return {
            "revision": rule.revision,
            "moment": f"{rule.anchor}:{audience}",
            "number": rule.minutes // UNITS[unit],
            "unit": unit,
            "subject": rule.subject,
            "text": rule.text,
        }

    def differences(self, now: ReminderRule) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the reminder as it stands `now`: label, their answer, yours."""
        return between(ReminderForm(initial=self.initial_of(now)), self.cleaned_data)

    def _known(self, name: str) -> str:
        try:
            check_placeholders(self.cleaned_data[name], field=name)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return self.cleaned_data[name]
