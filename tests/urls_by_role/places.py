"""Places, and who represents which organisations."""

from tests.urls_by_role.rows import everyone, staff

# ROLES:  anonymous, member, other_member, place_lead, other_place_lead, chair, other_chair, staff
# fmt: off
ROWS = {
    "board_places": staff(),
    "place": everyone(),
    "place_edit": staff(),
    "place_lead_end": staff(),
    "place_lead_new": staff(),
    "place_new": staff(),
    "places": everyone(),
    "representation": everyone(),
    "representation_file": everyone(),
    "representation_list": everyone(),
    "seat_places": staff(),
}
# fmt: on
