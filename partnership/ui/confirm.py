"""The page that asks before something happens: what will happen, to how many people, and one button."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def confirm(
    request: HttpRequest,
    *,
    question: str,
    consequence: str,
    back: str,
    label: str = "",
    about: str = "",
    caption: str = "",
    form: BaseForm | None = None,
    trail: Sequence[tuple[str, str]] = (),
    section: str = "",
    warning: bool = True,
    template: str = "components/confirm.html",
    shown: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Returns the page for a view that has not acted yet.

    `back` is where "No, go back" leads; `about` says which thing is meant, above the consequence, and `caption` above the
    question; `trail` names the pages above this one, each with its address, from the top. A `form` (for a reason) brings
    a button of its own in place of `label`. `warning=False` is for steps that take nothing away. A `template` that extends the
    usual one adds what is `shown` before the button.
    """
    context = {
        "question": question,
        "consequence": consequence,
        "back": back,
        "label": label,
        "about": about,
        "caption": caption,
        "form": form,
        "trail": trail,
        "section": section,
        "warning": warning,
    }
    return render(request, template, {**(shown or {}), **context})
