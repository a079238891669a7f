"""A first draft of what members said on a topic, for their representative to edit before it becomes a paper."""

from assemblies.voice import call_results
from assemblies.voice.models import CallTopic, TopicView

MOST_QUOTES = 40
COUNTED = {  # of one organisation, of several
    "support": ("supports it", "support it"),
    "changes": ("supports it with changes", "support it with changes"),
    "concerns": ("has concerns", "have concerns"),
    "none": ("has no view", "have no view"),
}


def draft(topic: CallTopic) -> str:
    """Returns counts, then quotes under each stance; a partner is named only where it agreed to be."""
    asked, answered = call_results.progress(topic.call)
    views = list(call_results.words_on(topic))
    lines = [f"{answered:,} of the {asked:,} organisations asked {'has' if answered == 1 else 'have'} answered.", ""]
    counted = {stance: sum(view.stance == stance for view in views) for stance in COUNTED}
    lines += [f"- {count:,} {COUNTED[stance][count != 1]}" for stance, count in counted.items() if count]
    quoted = [view for view in views if view.words][:MOST_QUOTES]
    for stance in topic.call.stances:
        quotes = [_quote(view) for view in quoted if view.stance == stance]
        if quotes:
            lines += ["", f"{stance.label}:", *quotes]
    return "\n".join(lines)


def _quote(view: TopicView) -> str:
    words = " ".join(view.words.split())
    return f"- “{words}” ({view.answer.partner})" if view.answer.named else f"- “{words}”"
