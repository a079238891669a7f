"""What needs a person now. Each slice adds a provider: a function of a user that yields `Need`s, named in PROVIDERS.

    def lists_to_sign_off(user) -> Iterable[Need]: …

`/home/` shows votes to cast, then the rest with the nearest date first. A provider makes at most two queries, however
many rows there are.
"""

from assemblies.needs.need import Need
from assemblies.needs.of_boards import (
    induction_to_finish,
    inductions_behind,
    seats_to_fill,
    seats_to_nominate,
    terms_to_follow,
    terms_to_nominate,
)
from assemblies.needs.of_chairs import agendas_to_publish, changed_agendas_to_publish
from assemblies.needs.of_inviters import people_to_invite, runs_under_way
from assemblies.needs.of_members import answers_to_sum_up, calls_to_answer, reports_due
from assemblies.needs.of_organisers import agendas_to_draft, meetings_to_mark_as_held, meetings_to_publish
from assemblies.needs.of_partners import pages_to_check, partners_without_contact
from assemblies.needs.of_people import (
    confirmations_and_offers,
    exit_questions_to_answer,
    invitations_to_answer,
    organisation_to_name,
)
from assemblies.needs.of_place_leads import introductions_to_write, lists_to_sign_off
from assemblies.needs.of_staff import bounced_invitations, lists_to_chase, memberships_to_decide
from assemblies.needs.of_voters import elections_to_look_after, nominations_to_answer, voters_to_name, votes_to_cast

PROVIDERS = [
    confirmations_and_offers,
    invitations_to_answer,
    exit_questions_to_answer,
    votes_to_cast,
    nominations_to_answer,
    voters_to_name,
    calls_to_answer,
    answers_to_sum_up,
    reports_due,
    agendas_to_publish,
    changed_agendas_to_publish,
    lists_to_sign_off,
    introductions_to_write,
    memberships_to_decide,
    pages_to_check,
    partners_without_contact,
    lists_to_chase,
    elections_to_look_after,
    meetings_to_publish,
    agendas_to_draft,
    meetings_to_mark_as_held,
    people_to_invite,
    runs_under_way,
    bounced_invitations,
    induction_to_finish,
    terms_to_nominate,
    seats_to_nominate,
    terms_to_follow,
    seats_to_fill,
    inductions_behind,
    organisation_to_name,
]

__all__ = ["PROVIDERS", "Need", "now_for"]


def now_for(user) -> list[Need]:
    """Everything that needs this person now: votes first, then by the nearest date; what has no date comes last."""
    found = [need for provider in PROVIDERS for need in provider(user)]
    return sorted(found, key=lambda need: (not need.comes_first, need.due is None, need.due))
