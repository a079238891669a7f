"""Which questions about a meeting are asked together: to begin with, and in each section afterwards."""

BEGINNING = ["title", "kind", "board", "starts_at", "ends_at", "format", "capacity"]
SECTIONS = {
    "details": ("Title and what it is about", ["title", "slug", "kind", "board", "summary"]),
    "when": ("Date and format", ["starts_at", "ends_at", "format"]),
    "boards": ("Boards that meet in common", ["boards"]),
    "venue": ("Venue and access", ["venue_name", "venue_address", "venue_access"]),
    "joining": ("Joining online", ["joining_link", "joining_instructions"]),
    "places": ("Places that take part", ["places"]),
    "discussion": ("Question for discussion", ["discussion_question"]),
    "questions": ("Exit questions", ["questions"]),
    "registration": (
        "Registration",
        ["by_invitation", "registration_opens_at", "registration_closes_at", "offer_hours"],
    ),
    "capacity": ("Capacity and seats", ["capacity", "seats", "allocation_released_on"]),
    "letter": ("Letter from the chair", ["letter", "letter_from"]),
}
PREVIEWED = "letter"  # the part that may be looked at before it is saved
