"""The base of every form: GOV.UK markup, an error summary, specific messages, answers kept."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.db.models import BLANK_CHOICE_DASH
from django.forms.utils import pretty_name
from django.http import QueryDict
from django.utils.choices import CallableChoiceIterator

from partnership.email_addresses import AddressValidator, tidy_address
from partnership.text import first_unknown, legible, one_line
from partnership.ui import fields as ui_fields

FILLED_BY_DEFAULT = str(forms.Field.default_error_messages["required"])
DAYS = (ui_fields.DayField, ui_fields.ClockField, ui_fields.MomentField)
ASKED_BY_DEFAULT = {
    words for kind in DAYS for words in kind.default_error_messages.values() if words.startswith("Enter")
}
LONG = 7  # questions, from which a form keeps a draft; one with a large box always does
STAND_ALONE = {  # a label that begins with one of these takes no article in a sentence
    "a", "an", "the", "your", "their", "what", "why", "who", "whose", "when", "where", "which", "how",
    "for", "from", "to", "of", "or", "by", "in", "as", "since", "until", "only", "repeat", "show", "reports",
}  # fmt: skip
CHOSEN = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple)


class CleanedField(forms.BoundField):
    """A field with what was typed in it, cleaned by `partnership.text` before anything reads it or shows it again.

    A box of one line gives one line, whatever a program sent; a larger box keeps its lines. A password stays as it is.
    """

    @property
    def data(self) -> Any:
        return self._cleaned(self.field.widget, super().data)

    def value(self) -> Any:
        """What the box shows. An open form that holds a draft shows what was typed in it before."""
        draft, widget = getattr(self.form, "draft", None), self.field.widget
        if draft is None or self.form.is_bound or widget.value_omitted_from_data(draft, {}, self.html_name):
            return super().value()
        typed = self._cleaned(widget, widget.value_from_datadict(draft, {}, self.html_name))
        return self.field.prepare_value(self.field.bound_data(typed, self.initial))

    @classmethod
    def _cleaned(cls, widget: forms.Widget, typed: Any) -> Any:
        if isinstance(widget, forms.MultiWidget) and isinstance(typed, list):
            return [cls._cleaned(part, value) for part, value in zip(widget.widgets, typed, strict=True)]
        if not isinstance(typed, str) or isinstance(widget, forms.PasswordInput):
            return typed
        if isinstance(widget, forms.EmailInput):
            return tidy_address(typed)
        if isinstance(widget, forms.Textarea | forms.HiddenInput):  # what is carried along may have lines
            return legible(typed)
        return one_line(typed) if isinstance(widget, forms.widgets.Input) else typed


class PortalFormMixin(forms.BaseForm):
    """Set `submit_label`, and `submit_warning = True` where the button destroys something. Give `refuse` a Refusal."""

    bound_field_class = CleanedField

    fields: dict[str, Any]  # by name, and each name knows its kind of field
    data: Any  # what was sent: a QueryDict, or a dict

    submit_label = "Save"
    submit_warning = False
    submit_name = ""
    form_method = "post"
    form_action = ""
    mark_optional = True
    labels: dict[str, str] = {}  # other words for fields that come from elsewhere
    secret = False  # True where nothing that is typed may be kept, as in a vote
    draft: QueryDict | None = None  # what was typed before and not sent, where the person asked to see it

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for name, field in self.fields.items():
            field.label = self.labels.get(name, pretty_name(name) if field.label is None else field.label)
            self._speak(field)
        self.helper = FormHelper()
        self.helper.form_method = self.form_method
        self.helper.form_action = self.form_action
        self.helper.attrs = {"novalidate": ""}
        if self.submit_label:
            button = Button.warning if self.submit_warning else Button.primary
            self.helper.add_input(button(self.submit_name, self.submit_label))

    @property
    def keeps_draft(self) -> bool:
        """Whether what a person types is kept until they send it: long forms, but none with a password or a secret."""
        if self.secret or self.form_method != "post":
            return False
        widgets = [field.widget for field in self.fields.values() if not field.widget.is_hidden]
        if any(isinstance(widget, forms.PasswordInput) for widget in widgets):
            return False
        return len(widgets) >= LONG or any(isinstance(widget, forms.Textarea) for widget in widgets)

    def clean(self) -> dict[str, Any]:
        """The answers. A form whose questions depend on one another says here what is wrong with them."""
        cleaned = super().clean()
        return self.cleaned_data if cleaned is None else cleaned

    def refuse(self, refusal: Exception) -> None:
        """Shows why a rule said no: beside the field it names, or at the top."""
        field = getattr(refusal, "field", None)
        self.add_error(field if field in self.fields else None, str(refusal))

    @property
    def top_errors(self) -> list[str]:
        return [str(message) for message in self.non_field_errors()]

    def _speak(self, field: forms.Field) -> None:
        label = str(field.label or "").removesuffix("?")
        thing = _in_a_sentence(str(field.label or ""))
        messages = field.error_messages
        _name_no_choice(field)
        if str(messages.get("required")) == FILLED_BY_DEFAULT and thing:
            messages["required"] = f"{self._verb(field)} {thing}"
        if isinstance(field, DAYS) and label:  # a form may have several, and their errors stand together
            messages |= {
                name: f"{label}: e{words[1:]}" for name, words in messages.items() if words in ASKED_BY_DEFAULT
            }
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
            field.validators = [*field.validators, _known_characters]
        if isinstance(field, forms.EmailField):
            _say(field, "Enter an email address in the right form, like name@example.org")
        if isinstance(field, forms.URLField):
            messages["invalid"] = "Enter a full web address, like https://www.example.org"
        if isinstance(field, forms.IntegerField):
            messages["invalid"] = f"{label or 'This'} must be a whole number, like 50"
        if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
            messages["invalid_choice"] = f"Choose {thing or 'one'} from the list"
        if self.mark_optional and label and not field.required and not _is_tick(field):
            field.label = f"{field.label} (optional)"

    @staticmethod
    def _verb(field: forms.Field) -> str:
        if isinstance(field, forms.FileField):
            return "Choose"
        if isinstance(field, forms.BooleanField):
            return "Tick"
        return "Select" if isinstance(field.widget, CHOSEN) else "Enter"


def _in_a_sentence(label: str) -> str:
    """A field's label as an error names it: "the title", "your name", "what it is for"."""
    thing = label if label[:2].isupper() else label[:1].lower() + label[1:]
    first = thing.split(" ")[0].strip(",").lower()
    return thing.removesuffix("?") if not thing or thing.endswith("?") or first in STAND_ALONE else f"the {thing}"


def _known_characters(value: Any) -> None:
    """Refuses a character that no computer can be expected to show."""
    text = str(value)  # a key is a UUID by now
    at = first_unknown(text)
    if at >= 0:
        where = f"The character after “{text[max(0, at - 20) : at]}”" if at else "The first character"
        raise ValidationError(
            f"{where} cannot be shown: delete it, or write it in another way", code="unknown_character"
        )


def _say(field: forms.EmailField, message: str) -> None:
    """An email field's message lives in its validator: the field gets a validator of its own."""
    field.error_messages["invalid"] = message
    validator = AddressValidator(message)
    field.validators = [each for each in field.validators if not isinstance(each, EmailValidator)] + [validator]


def _is_tick(field: forms.Field) -> bool:
    return isinstance(field, forms.BooleanField) or isinstance(field.widget, forms.HiddenInput)


class PortalForm(PortalFormMixin, forms.Form):
    """Base of every form that is not drawn from a model."""


class SearchForm(PortalForm):
    """A search is a question, not a change: it goes in the address, and nothing in it is required."""

    form_method = "get"
    submit_label = "Search"
    mark_optional = False

    @property
    def words_asked(self) -> str:
        """The words searched for, as one line; "" where there are none, or too many."""
        self.is_valid()
        return self.cleaned_data.get("words", "") if self.is_bound else ""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """Base of every form drawn from a model. It validates and never saves: hand `cleaned_data` to an action."""

    class Meta:
        formfield_callback = None


def _name_no_choice(field: forms.Field) -> None:
    """Where nothing is chosen yet, a list says so in words instead of nine dashes."""
    words, dashes = "Choose one" if field.required else "None", BLANK_CHOICE_DASH[0][1]
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words if field.empty_label == dashes else field.empty_label
    elif isinstance(field, forms.ChoiceField) and type(field.widget) is forms.Select:
        choices: Any = field.choices
        if not isinstance(choices, CallableChoiceIterator):  # such a one reads the database, when a page shows it
            field.choices = [(value, words if label == dashes else label) for value, label in choices]


def formfield(db_field, **kwargs) -> forms.Field | None:
    """For `Meta.formfield_callback`: days and times are typed as words; a web address typed short means https."""
    if isinstance(db_field, models.URLField):
        kwargs["assume_scheme"] = "https"
    kinds = {"DateTimeField": ui_fields.MomentField, "DateField": ui_fields.DayField, "TimeField": ui_fields.ClockField}
    kind = kinds.get(db_field.get_internal_type())
    return db_field.formfield(form_class=kind, **kwargs) if kind else db_field.formfield(**kwargs)
