"""Filters and tags for dates, Markdown and states, the same on every page and in every email."""

from datetime import date, datetime, time

import nh3
from django import template
from django.conf import settings
from django.forms import CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

from partnership import dates, panels
from partnership.ui.plain import as_text

register = template.Library()

MARKDOWN = MarkdownIt("commonmark", {"breaks": True}).enable("table")
ALLOWED_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "h4", "hr", "code",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip

# Colours of GOV.UK tags; the word beside the colour always says the same.
WORDS_OF_COLOUR = {
    "green": "published held active accepted signed-off registered attended sent delivered released answered listed agreed"
    " agreed-with-amendments",
    "yellow": "waiting waiting-list waiting-for-staff offered queued open not-signed-off vacant sending invited urgent deferred",
    "red": "cancelled refused failed bounced declined overdue late not-agreed",
    "grey": "draft closed ended withdrawn did-not-attend superseded left cannot-start-yet noted",
}
COLOUR_OF = {word: colour for colour, words in WORDS_OF_COLOUR.items() for word in words.split()}


@register.simple_tag(takes_context=True, name="panels")
def show_panels(context: template.Context, slot: str, thing: object) -> str:
    """Shows what later apps have to say here about the thing; see `partnership.panels`."""
    return mark_safe("".join(show_panel(context, panel) for panel in panels.of(slot, thing, context["request"])))


@register.simple_tag(takes_context=True, name="panel")
def show_panel(context: template.Context, panel: panels.Panel) -> str:
    """Shows one panel, which the page asked for before: to list its parts."""
    assert context.template is not None, "a page is being rendered"
    with context.push(**panel.context):
        shown = context.template.engine.get_template(panel.template).render(context)
    return mark_safe(shown)  # a template of ours, which has escaped what it shows


@register.filter
def day(value: date | datetime | None) -> str:
    """Returns "Thursday 17 September 2020"."""
    return dates.day(value) if value else ""


@register.filter
def clock(value: time | datetime | None) -> str:
    """Returns "9.30am", "noon" stays "12pm"."""
    return dates.clock(value) if value is not None else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Returns "17 September 2020 at 9.30am"."""
    return dates.moment(value) if value else ""


@register.filter
def when(meeting) -> str:
    """Returns "Thursday 17 September 2020, 9.30am to 12.30pm" for anything with `starts_at` and `ends_at`."""
    return dates.span(meeting.starts_at, meeting.ends_at) if meeting else ""


@register.filter
def days_left(value: date | datetime | None) -> str:
    """Returns "today", "tomorrow", "in 4 days", "yesterday" or "4 days ago", counted in calendar days."""
    return dates.days_left(value, timezone.localdate()) if value else ""


@register.simple_tag
def kept_for(setting: str) -> str:
    """Returns "30 days" or "12 months" from the setting that says how many days something is kept."""
    return dates.how_long(getattr(settings, setting))


@register.filter
def rich(text: str | None) -> str:
    """Returns Markdown as HTML that can hold no script, style or picture."""
    html = nh3.clean(
        MARKDOWN.render(_lower_headings(text or "")),
        tags=ALLOWED_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)  # nh3 has just removed all but the tags above


@register.filter
def plain(text: str | None) -> str:
    """Returns Markdown as text, for the text part of an email: what `rich` shows, without its marks."""
    return as_text(MARKDOWN, text or "")


def _lower_headings(text: str) -> str:
    """A page has one h1, its title: a writer's `#` is a second-level heading."""
    return "\n".join(f"#{line}" if line.startswith("# ") else line for line in text.split("\n"))


@register.inclusion_tag("components/tag.html")
def state_tag(words: object, colour: str = "") -> dict[str, str]:
    """Shows a state as a GOV.UK tag: the words, and a colour that says the same."""
    return {"words": str(words), "colour": colour or COLOUR_OF.get(slugify(str(words)), "blue")}


@register.filter
def plural(count: int, words: str) -> str:
    """Returns "1 person" or "3 people" from `count|plural:"person,people"`."""
    one, many = words.split(",")
    return f"{count:,} {one if count == 1 else many}"


@register.simple_tag(takes_context=True)
def page_link(context, number: int) -> str:
    """Returns the query string of this page with another page number, other questions kept."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def error_anchor(bound_field, found_id: str) -> str:
    """Returns the id of the input an error belongs to, for the links of the error summary."""
    widget = bound_field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound_field.auto_id}_1"
    if isinstance(widget, MultiWidget) and found_id == bound_field.auto_id:
        return f"{found_id}_0"
    return found_id
