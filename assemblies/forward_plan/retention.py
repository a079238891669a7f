"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "forward_plan.PlannedItem",
    what="who leads an item that a board is to take up",
    fields=("lead",),
    seen_by="staff, and the people who sit on the board",
    until="goes with the account, or when somebody else leads it",
)
