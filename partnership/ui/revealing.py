"""Radios or checkboxes of which some reveal further questions, by style alone: no script is needed."""

from typing import Any

from crispy_forms.layout import LayoutObject, TemplateNameMixin
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.forms import CheckboxSelectMultiple
from django.template.loader import render_to_string


class Revealing(TemplateNameMixin):
    """`Revealing("access", interpreter="language", other="access_other")`: choices named with the question they open, or with
    several, as a part of the layout.

    The form's `clean` drops the answer to a question whose choice is not ticked.
    """

    template = "components/revealing.html"

    def __init__(self, field: str, *, legend: str = "s", **reveals: str | LayoutObject) -> None:
        self.field = field
        self.legend = legend
        self.reveals = reveals

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        field = form[self.field]
        chosen = field.value() or []
        chosen = {str(value) for value in (chosen if isinstance(chosen, list | tuple) else [chosen])}
        choices = [
            {
                "value": value,
                "label": label,
                "checked": str(value) in chosen,
                "reveals": render_field(self.reveals[value], form, context, template_pack=template_pack)
                if value in self.reveals
                else "",
            }
            for value, label in field.field.choices
        ]
        kind = "checkboxes" if isinstance(field.field.widget, CheckboxSelectMultiple) else "radios"
        facts = {"field": field, "choices": choices, "kind": kind, "legend": self.legend, "form_show_errors": True}
        return render_to_string(self.template, facts)
