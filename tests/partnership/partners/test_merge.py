"""Two organisations are made one: everything moves, nothing is lost, and undoing restores exactly."""

import pytest
from django.core import serializers
from django.db import connection

from assemblies.lists.models import ListEntry
from partnership.partners import likeness
from partnership.partners.actions import merge as actions
from partnership.partners.models import Membership, Merge, Partner, PeopleGroup
from partnership.partners.pointing import pointers
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return make.PartnerFactory(name="Halton Carers Centre", slug="halton-carers-centre", summary="Old words.")


@pytest.fixture
def absorbed():
    return make.PartnerFactory(
        name="Halton Carer's Center Ltd", slug="halton-carers-center", charity_number="1234567", summary="New words."
    )


def everything() -> str:
    """Every row of every table that points at a partner, and the partners; how often one was edited only grows."""
    rows = list(Partner.objects.order_by("pk"))
    for pointer in sorted(pointers(), key=lambda each: (each.label, each.field)):
        rows += pointer.model._base_manager.order_by("pk")
    for row in rows:
        if isinstance(row, Partner):
            row.revision = 0
    return serializers.serialize("json", rows, indent=1)


def object_always(kept, absorbed) -> str:
    return "Both vote in an open election. Wait until it has closed."


def furnish(kept, absorbed):
    """Rows of every kind at the absorbed one, some of which the kept one has already."""
    place, other_place = make.PlaceFactory(), make.PlaceFactory()
    place.partners.add(kept, absorbed)
    other_place.partners.add(absorbed)
    carers, older = PeopleGroup.objects.filter(slug__in=["carers", "older-people"])
    kept.groups.add(carers)
    absorbed.groups.add(carers, older)
    both = make.UserFactory()
    make.MembershipFactory(user=both, partner=kept)
    make.MembershipFactory(user=both, partner=absorbed, part="officer")
    make.MembershipFactory(partner=absorbed)
    make.ContactFactory(partner=kept, email="ann@example.org")
    make.ContactFactory(partner=absorbed, email="ann@example.org")
    make.ContactFactory(partner=absorbed, email="bob@example.org")
    make.PartnerFactory(state="closed", successor=absorbed)
    make.ListEntryFactory(partner=absorbed)
    make.ChairFactory(partner=absorbed)
    make.RegistrationFactory(partner=absorbed)


def test_every_model_that_points_at_a_partner_is_found():
    found = {(each.label, each.field) for each in pointers()}
    assert found >= {
        ("partners.placepartner", "partner"), ("partners.partner_groups", "partner"), ("partners.membership", "partner"),
        ("partners.contact", "partner"), ("boards.appointment", "partner"), ("boards.seat", "nominating_partner"),
        ("lists.listentry", "partner"), ("registrations.registration", "partner"), ("partners.partner", "successor"),
    }  # fmt: skip
    with connection.cursor() as cursor:  # and every foreign key the database knows, whatever the models say
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = 'partners_partner'::regclass"
        )
        (in_the_database,) = cursor.fetchone()
    assert len(found) + len({"kept", "absorbed", "merged_into"}) == in_the_database


def test_everything_moves_and_undoing_restores_exactly(kept, absorbed):
    furnish(kept, absorbed)
    before = everything()
    merge = actions.merge(kept=kept, absorbed=absorbed, by=make.StaffFactory(), take={"name", "charity_number"})
    kept.refresh_from_db()
    assert (kept.name, kept.charity_number, kept.summary) == ("Halton Carer's Center Ltd", "1234567", "Old words.")
    assert kept.places.count() == 2
    assert kept.groups.count() == 2
    assert kept.memberships.live().count() == 2
    assert kept.memberships.officers().count() == 1  # the stronger of two memberships of one person stays
    assert sorted(kept.contacts.values_list("email", flat=True)) == ["ann@example.org", "bob@example.org"]
    assert ListEntry.objects.get().partner == kept
    assert Partner.objects.get(state="closed").successor == kept
    assert merge.rows_stayed == 3  # a contact, a group and a place that both have: still there, and remembered
    actions.undo(merge=merge, by=make.StaffFactory())
    assert everything() == before


def test_undoing_leaves_what_was_changed_since(kept, absorbed):
    merge = actions.merge(kept=kept, absorbed=absorbed, by=None, take={"summary"})
    Partner.objects.filter(pk=kept.pk).update(summary="Newer words.")
    joined = make.MembershipFactory(partner=kept)
    actions.undo(merge=merge, by=None)
    actions.undo(merge=merge, by=None)  # submitted twice
    kept.refresh_from_db()
    joined.refresh_from_db()
    assert (kept.summary, joined.partner) == ("Newer words.", kept)


def test_later_merge_is_undone_first_and_chains_lead_to_the_last(client, kept, absorbed):
    last = make.PartnerFactory(name="Last")
    first = actions.merge(kept=kept, absorbed=absorbed, by=None)
    second = actions.merge(kept=last, absorbed=kept, by=None)
    assert client.get("/partners/halton-carers-center/", follow=True).redirect_chain == [(last.get_absolute_url(), 302)]
    with pytest.raises(Refusal, match="Undo the merge of Halton Carers Centre into Last first"):
        actions.undo(merge=first, by=None)
    actions.undo(merge=second, by=None)
    actions.undo(merge=first, by=None)
    assert client.get("/partners/halton-carers-center/").status_code == 200


def test_merge_cannot_be_undone_once_another_has_the_name(kept, absorbed):
    merge = actions.merge(kept=kept, absorbed=absorbed, by=None, take={"name"})
    Partner.objects.filter(pk=kept.pk).update(name="Third")
    make.PartnerFactory(name="Halton Carer's Center Ltd")
    actions.undo(merge=merge, by=None)  # the name was changed since: it stays, and no row stands in the way
    assert Partner.objects.get(pk=absorbed.pk).state == "listed"


def test_merge_with_itself_or_against_an_objection_is_refused(kept, absorbed, settings):
    with pytest.raises(Refusal, match="the same organisation"):
        actions.merge(kept=kept, absorbed=kept, by=None)
    settings.PARTNER_MERGE_OBJECTIONS = [f"{__name__}.object_always"]
    with pytest.raises(Refusal, match="Both vote in an open election"):
        actions.merge(kept=kept, absorbed=absorbed, by=None)
    settings.PARTNER_MERGE_OBJECTIONS = []
    actions.merge(kept=kept, absorbed=absorbed, by=None)
    with pytest.raises(Refusal, match="already been merged into another organisation"):
        actions.merge(kept=make.PartnerFactory(), absorbed=absorbed, by=None)


def test_staff_compare_field_by_field_merge_and_undo(client, kept, absorbed, settings):
    client.force_login(make.StaffFactory())
    make.MembershipFactory(partner=absorbed)
    address = "/partners/halton-carers-centre/merge/halton-carers-center/"
    page = client.get(address).text
    for shown in ("memberships: 1", "Old words.", "New words.", "(nothing)", "1234567"):
        assert shown in page
    answers = {"name": "kept", "summary": "absorbed"}
    assert "Choose which charity number stays" in client.post(address, answers).text
    page = client.post(address, answers | {"charity_number": "absorbed"}, follow=True).text
    assert "is now part of Halton Carers Centre" in page
    merge = Merge.objects.get()
    assert "Halton Carer" not in client.get("/partners/?words=center").text.split("<h2")[1]
    assert "the 1 record that moved" in client.get(f"/partners/merges/{merge.pk}/undo/").text
    client.post(f"/partners/merges/{merge.pk}/undo/")
    assert Membership.objects.get().partner == absorbed
    settings.PARTNER_MERGE_OBJECTIONS = [f"{__name__}.object_always"]
    assert "Both vote in an open election" in client.get(address).text


def test_organisation_is_not_kept_apart_from_itself(client, kept):
    client.force_login(make.StaffFactory())
    page = client.post("/partners/halton-carers-centre/apart/halton-carers-centre/", follow=True)
    assert "These are the same organisation: choose two." in page.text
    assert "stay separate" not in page.text


def test_likeness_skips_pairs_that_staff_kept_apart(client, kept, absorbed):
    make.PartnerFactory(name="Wirral Homes", website="https://www.homes.example.net/")
    make.PartnerFactory(name="Quite Different", email="info@homes.example.net")
    make.PartnerFactory(name="One Charity", charity_number="SC654321")
    make.PartnerFactory(name="Two Charity", charity_number="NIC654321")
    make.PartnerFactory(name="Surgery 12")
    make.PartnerFactory(name="Surgery 13")
    make.PartnerFactory(name="Halton GP Federation")
    make.PartnerFactory(name="St Helens GP Federation")
    why = [alike.why for alike in likeness.pairs()]
    assert sorted(why) == [["nearly the same name"], ["the same number"], ["the same web or email domain"]]
    client.force_login(make.StaffFactory())
    assert "Compare and merge" in client.get("/partners/alike/").text
    client.post("/partners/halton-carers-centre/apart/halton-carers-center/")
    client.post("/partners/halton-carers-center/apart/halton-carers-centre/")
    assert len(likeness.pairs()) == 2


@pytest.mark.parametrize("address", ["/partners/merges/", "/partners/no-contact/", "/partners/alike/"])
def test_staff_lists_ask_as_much_for_fifty_as_for_one(client, address, django_assert_num_queries):
    client.force_login(make.StaffFactory())

    def add(number):
        for each in range(number):
            partner = make.PartnerFactory(name=f"Group {each} of {number} alpha")
            make.PartnerFactory(name=f"Group {each} of {number} alphas")
            actions.merge(kept=partner, absorbed=make.PartnerFactory(), by=make.StaffFactory())

    add(1)
    count = queries(client, address)
    add(50)
    with django_assert_num_queries(count):
        client.get(address)
