"""What this app holds about people, and until when. Minutes are public record: a council keeps them open for six years at least
(DOMAIN §2), and nobody deletes them after that."""

from partnership import retention

KEPT = "kept: minutes are a record"

retention.personal(
    "minutes.Minutes",
    what="who was at a meeting for a board",
    fields=("present",),
    seen_by="staff, the chair; their names stand in the minutes",
    until=KEPT,
)
retention.personal(
    "minutes.MinutesVersion",
    what="minutes: who was there, and who wrote, circulated, agreed and confirmed them",
    fields=(
        "content",
        "made_by",
        "circulated_by",
        "agreed_by",
        "agreed_for",
        "confirmed_by",
        "because",
        "key_messages",
    ),
    seen_by="everybody who may see the meeting; drafts: staff, the chair and those who were there",
    until=KEPT,
)
retention.personal(
    "minutes.MinutesItem",
    what="what the minutes say of an item: who spoke, interests, votes, who took on what",
    fields=("text", "facts"),
    seen_by="everybody who may see the meeting; closed items: staff and those on its boards",
    until=KEPT,
)
retention.personal(
    "minutes.Correction",
    what="corrections to minutes, and their answers",
    fields=("by", "text", "answer", "answered_by"),
    seen_by="staff, the chair, and who proposed it",
    until=KEPT,
)
retention.personal(
    "minutes.KeyMessages",
    what="key messages of a meeting, and who published them",
    fields=("text", "published_by"),
    seen_by="everybody who may see the meeting; who published them: staff",
    until=KEPT,
)
