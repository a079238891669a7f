"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "interests.Interest",
    what="interests that members of boards declared",
    fields=("person", "body", "nature", "withheld_because", "agreed_by", "declared_by"),
    seen_by="everybody, while the person sits on a board; details that are withheld: the person and staff",
    until="kept: who declared what, and when, is public record",
)
retention.personal(
    "interests.InterestsReturn",
    what="when members of boards confirmed their interests",
    fields=("person", "made_by"),
    seen_by="everybody",
    until="kept with the interests",
)
