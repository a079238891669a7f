"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "boards.Appointment",
    what="who holds a seat on a board, who deputises, why they left",
    fields=("holder", "deputy", "reason_left"),
    seen_by="everybody",
    until="kept: who held a seat is public record",
)
retention.personal(
    "boards.ActingChair",
    what="who acts for a chair who is away",
    fields=("person", "named_by"),
    seen_by="everybody; who named them, staff",
    until="kept: who published and presided is public record",
)
retention.personal(
    "boards.BankHoliday",
    what="which member of staff added a bank holiday",
    fields=("added_by",),
    seen_by="staff, in the audit log",
    until="kept with the day",
)
retention.personal(
    "boards.InductionItem",
    what="the colleague a new holder can ask",
    fields=("buddy",),
    seen_by="the holder of the seat, and staff",
    until="kept with the induction, because it shows that the holder had somebody to ask; they can take it out",
)
