"""The directory: found by name, kind and place; kept by staff."""

import pytest

from partnership.partners.actions import partner as partners
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Halton Homes", "kind": "housing", "summary": "Homes.", "website": "https://homes.example.org"}


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    client.force_login(user)
    return user


def test_directory_is_searched_by_name_kind_and_place(client):
    halton = make.PlaceFactory(slug="halton")
    found = make.PartnerFactory(name="Halton Homes", kind="housing")
    make.PartnerFactory(name="Halton Council", kind="council")
    make.PartnerFactory(name="Wirral Homes", kind="housing")
    halton.partners.add(found)
    for question in ({"words": "halton homes"}, {"words": "HOMES", "kind": "housing", "place": "halton"}):
        page = client.get("/partners/", question).text
        assert "1 partner<" in page
        assert "Halton Homes" in page


def test_search_that_finds_nothing_says_what_to_do(client):
    page = client.get("/partners/", {"words": "nothing like it"}).text
    assert "No partners match your search." in page
    assert "See all partners" in page


def test_search_for_what_does_not_exist_does_not_break(client):
    assert client.get("/partners/", {"kind": "castle", "place": "atlantis", "page": "x"}).status_code == 200


def test_proposed_partner_is_seen_only_by_staff_and_its_proposer(client):
    person = make.UserFactory()
    proposed = make.PartnerFactory(state=Partner.State.PROPOSED, added_by=person)
    assert client.get(proposed.get_absolute_url()).status_code == 404
    client.force_login(person)
    assert client.get(proposed.get_absolute_url()).status_code == 200
    client.force_login(make.UserFactory())
    assert client.get(proposed.get_absolute_url()).status_code == 404


def test_staff_add_a_partner_under_a_free_address(client, staff):
    make.PartnerFactory(name="Halton  Homes", slug="halton-homes")
    response = client.post("/partners/new/", ANSWERS | {"ods_code": "RV5"}, follow=True)
    assert "Halton Homes is in the directory." in response.text
    added = Partner.objects.get(ods_code="RV5")
    assert (added.slug, added.added_by) == ("halton-homes-2", staff)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"ods_code": "x!"}, "Enter an ODS code"),
        ({"gss_code": "09000028"}, "Enter a GSS code"),
        ({"charity_number": "1"}, "Enter a charity number"),
        ({"website": "homes"}, "Enter a full web address"),
        ({"kind": ""}, "Select the kind"),
        ({"ods_code": "RJ1"}, "Guy's already has that number"),
        ({"name": "Guy's"}, "There is already a partner with that name"),
    ],
)
def test_partner_with_bad_answers_is_explained_and_kept(client, staff, answers, message):
    make.PartnerFactory(name="Guy's", ods_code="RJ1")
    page = client.post("/partners/new/", ANSWERS | answers).text.replace("&#x27;", "'")
    assert message in page
    assert "Homes." in page
    assert Partner.objects.count() == 1


def test_edited_partner_keeps_its_address(client, staff):
    partner = make.PartnerFactory(name="Halton Homes", slug="halton-homes")
    client.post("/partners/halton-homes/edit/", ANSWERS | {"name": "Halton Housing"})
    partner.refresh_from_db()
    assert (partner.name, partner.slug) == ("Halton Housing", "halton-homes")


@pytest.mark.parametrize("who", ["anonymous", "staff"])
def test_directory_query_count_is_constant(client, django_assert_num_queries, who):
    if who == "staff":
        client.force_login(make.StaffFactory())
    place = make.PlaceFactory()
    place.partners.add(make.PartnerFactory())
    count = queries(client, "/partners/?words=")
    for partner in make.PartnerFactory.create_batch(60):
        place.partners.add(partner)
    with django_assert_num_queries(count):
        page = client.get("/partners/?words=&x=2").text
    assert "1 to 50 of 61 partners" in page


def test_two_who_save_the_same_number_at_once_are_told(staff):
    """Both forms looked before either saved."""
    make.PartnerFactory(name="Guy's", ods_code="RJ1")
    other = make.PartnerFactory(name="Other")
    with pytest.raises(Refusal, match="Someone has just saved a partner with that name or number"):
        partners.add(by=staff, name="King's", kind="nhs_trust", ods_code="RJ1")
    with pytest.raises(Refusal, match="Someone has just saved a partner with that name or number"):
        partners.change(partner=other, by=staff, name="Guy's")
    assert Partner.objects.count() == 2
