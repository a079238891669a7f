"""What members said, printed as a paper for the meeting."""

from assemblies.voice.models import CallForViews
from partnership import dates
from partnership.files.pdf import compile_pdf


def summary(call: CallForViews, title: str, text: str) -> bytes:
    """What members said on one topic of a call for views, as its representative put it: a paper for the meeting."""
    lines = [line for line in text.splitlines() if line.removeprefix("- ").strip()]
    return compile_pdf(
        "voice/print/summary",
        {
            "title": title,
            "seat": str(call.seat),
            "meeting": f"{call.meeting.title}, {dates.day(call.meeting.starts_at)}",
            "lines": [{"bullet": line.startswith("- "), "text": line.removeprefix("- ")} for line in lines],
        },
    )
