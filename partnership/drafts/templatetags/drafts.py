"""The mark of a form that keeps a draft, and the offer of what was typed in it before."""

from typing import Any

from django import template

from partnership.drafts.models import Draft
from partnership.drafts.pages import FIELD, page_of

register = template.Library()
FORM_ID = "draft-form"


@register.inclusion_tag("drafts/draft.html", takes_context=True)
def draft_of(context: template.Context, form: Any) -> dict[str, Any]:
    """Goes before a form is drawn. For the person signed in: marks a form that keeps a draft, and offers the draft, or fills
    the form with it where they asked for that. For a visitor whose form was refused: fills it with their answers."""
    request = context.get("request")
    if request is None or not hasattr(form, "keeps_draft"):
        return {}
    refused = getattr(request, "refused_answers", None)
    if refused is not None and not form.secret:
        form.draft = refused
        request.answers_are_shown = True
        return {"was_refused": True}
    page = page_of(request) if form.keeps_draft else None
    if page is None:
        return {}
    request.keeps_draft = True  # this browser may keep the page, so that Back shows it: `partnership.cache_control`
    if hasattr(form, "helper"):
        form.helper.form_id = FORM_ID  # the mark stands outside the form, and belongs to it by this name
    draft = None if form.is_bound else Draft.objects.of_person(request.user).filter(address=page.address).first()
    is_shown = draft is not None and FIELD in request.GET
    if draft is not None and is_shown:
        form.draft = draft.typed
    return {"page": page, "draft": draft, "is_shown": is_shown}
