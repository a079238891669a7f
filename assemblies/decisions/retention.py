"""What this app holds about people, and until when.

Decisions of officers stay open to the public for at least six years, their background papers for four (2014 Regulations, reg. 8).
These are minimum periods: nothing is deleted when they are over.
"""

from partnership import retention

KEPT = "kept: what was decided, by whom and why, is public record"

retention.personal(
    "decisions.Decision",
    what="decisions: which officer decided and in which post, who moved and seconded, who entered it",
    fields=(
        "title", "text", "recommendation", "reasons", "alternatives", "mover", "seconder", "officer", "officer_name",
        "officer_post", "authority_text", "revised_because", "recorded_by",
    ),
    seen_by="everybody; what is closed to the public, the people who sit on the board, the officer and staff",
    until=KEPT,
)  # fmt: skip
retention.personal(
    "decisions.DecisionVote",
    what="how each member of a board voted",
    fields=("name", "vote"),
    seen_by="everybody; of a closed decision, the people who sit on the board and staff",
    until=KEPT,
)
retention.personal(
    "decisions.DecisionInterest",
    what="interests that members declared in a decision, and what they did about them",
    fields=("name", "nature", "mitigation", "dispensation"),
    seen_by="everybody; details that are withheld: nobody",
    until=KEPT,
)
retention.personal(
    "decisions.BackgroundPaper",
    what="papers that an officer’s decision relied on",
    fields=("title", "url", "file"),
    seen_by="everybody, for at least four years",
    until="kept with the decision",
)
