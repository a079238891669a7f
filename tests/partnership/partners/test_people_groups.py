"""The list of groups of people: staff add, rename and merge them, and remove what nothing names."""

import pytest
from django.db import IntegrityError, connection, transaction

from partnership.audit.models import Entry
from partnership.files import previews
from partnership.partners.actions import directory_import
from partnership.partners.actions import people_group as actions
from partnership.partners.models import Partner, PeopleGroup
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
LIST = "/partners/groups/"


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    sign_in(client, user)
    return user


@pytest.fixture
def carers():
    return PeopleGroup.objects.get(slug="carers")


@pytest.fixture
def older():
    return PeopleGroup.objects.get(slug="older-people")


def said(response) -> str:
    return " ".join(response.text.split())


def test_list_says_how_many_use_each_group(client, staff, carers):
    for partner in make.PartnerFactory.create_batch(2):
        partner.groups.add(carers)
    make.PartnerFactory(state="closed").groups.add(carers)  # closed ones count: their page shows it
    make.SeatFactory().groups.add(carers)
    assert f'href="{LIST}"' in client.get("/partners/").text
    row = said(client.get(LIST)).split("Carers</h2>")[1].split("<h2")[0]
    assert "3 organisations" in row
    assert "1 seat<" in row
    assert "Remove" not in row
    assert "Not in use" in said(client.get(LIST)).split("Veterans and service families</h2>")[1].split("<h2")[0]


def test_staff_add_a_group_and_organisations_can_name_it(client, staff):
    page = client.post(f"{LIST}new/", {"name": "  Young   carers "}, follow=True).text
    assert "“Young carers” is on the list." in page
    group = PeopleGroup.objects.get(name="Young carers")
    assert (group.slug, PeopleGroup.objects.last()) == ("young-carers", group)
    assert Entry.objects.about(group).get().verb == "people_group.added"
    assert "Young carers" in client.get("/partners/new/").text
    assert "Young carers" in client.get("/partners/").text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Enter the name of the group"),
        ("   ", "Enter the name of the group"),
        ("carers", "There is already a group called “Carers”"),
        ("CARERS ", "There is already a group called “Carers”"),
        ("!!", "Enter a name with letters in it"),
        ("Carers; veterans", "Leave out “;”"),
        ("x" * 121, "at most 120 characters"),
    ],
)
@pytest.mark.parametrize("what", ["new", "rename"])
def test_bad_name_is_explained_kept_and_not_saved(client, staff, older, what, name, message):  # noqa: PLR0917 - each names a fact
    before = list(PeopleGroup.objects.values_list("name", flat=True))
    page = client.post(f"{LIST}new/" if what == "new" else f"{LIST}{older.pk}/", {"name": name}).text
    assert message in page
    assert f'value="{name.strip()}"' in page or not name.strip()
    assert list(PeopleGroup.objects.values_list("name", flat=True)) == before
    assert not Entry.objects.filter(verb__startswith="people_group").exists()


def test_staff_rename_a_group_and_its_address_stays(client, staff, carers):
    assert "Nothing uses it." in said(client.get(f"{LIST}{carers.pk}/"))
    make.PartnerFactory(slug="link").groups.add(carers)
    assert "1 organisation uses it." in said(client.get(f"{LIST}{carers.pk}/"))
    client.post(f"{LIST}{carers.pk}/", {"name": "Unpaid carers"})
    client.post(f"{LIST}{carers.pk}/", {"name": "Unpaid carers"})
    assert "Unpaid carers" in client.get("/partners/link/").text
    carers.refresh_from_db()
    assert (carers.name, carers.slug) == ("Unpaid carers", "carers")
    assert Entry.objects.about(carers).get().details == {"before": "Carers"}


def test_group_may_be_renamed_to_its_own_name_in_another_case(client, staff, carers):
    client.post(f"{LIST}{carers.pk}/", {"name": "CARERS"})
    carers.refresh_from_db()
    assert carers.name == "CARERS"


def test_two_who_add_one_name_at_once_are_told(staff):
    """Both forms looked before either saved."""
    with pytest.raises(Refusal, match="There is already a group with that name"):
        actions.add(name="carers", by=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        PeopleGroup.objects.create(name="CARERS", slug="other")
    assert PeopleGroup.objects.filter(name__iexact="carers").count() == 1


def test_merge_moves_every_organisation_and_seat_once(client, staff, carers, older):
    both, one = make.PartnerFactory(), make.PartnerFactory()
    both.groups.add(carers, older)
    one.groups.add(carers)
    seat = make.SeatFactory()
    seat.groups.add(carers)
    page = said(client.get(f"{LIST}{carers.pk}/merge/"))
    assert "2 organisations and 1 seat use it now." in page
    assert f'<option value="{carers.pk}">' not in page
    page = client.post(f"{LIST}{carers.pk}/merge/", {"into": older.pk}, follow=True).text
    assert "“Carers” is now part of “Older people”." in page
    assert not PeopleGroup.objects.filter(pk=carers.pk).exists()
    for row in (both, one, seat):
        assert list(row.groups.all()) == [older]
        row.refresh_from_db()
        assert row.revision == 1  # whoever has its page open is told
    details = Entry.objects.about(older).get().details
    assert details == {"absorbed": "Carers", "partners": 2, "seats": 1}


def test_merge_without_a_choice_or_with_itself_is_refused(client, staff, carers):
    assert "Select the group it becomes part of" in client.post(f"{LIST}{carers.pk}/merge/", {"into": ""}).text
    page = client.post(f"{LIST}{carers.pk}/merge/", {"into": carers.pk}).text
    assert "Choose the group it becomes part of from the list" in page
    with pytest.raises(Refusal, match="Choose another group"):
        actions.merge(group=carers, into=carers, by=staff)
    assert PeopleGroup.objects.filter(pk=carers.pk).exists()


def test_merge_into_a_group_that_is_gone_moves_nothing(staff, carers, older):
    partner = make.PartnerFactory()
    partner.groups.add(carers)
    PeopleGroup.objects.filter(pk=older.pk).delete()
    with pytest.raises(Refusal, match="has just removed this group"):
        actions.merge(group=carers, into=older, by=staff)
    assert list(partner.groups.all()) == [carers]


def test_everything_that_points_at_a_group_moves_with_a_merge():
    """A new table with a foreign key to groups must be many-to-many, or the merge must learn of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND confrelid = 'partners_peoplegroup'::regclass"
        )
        (pointing,) = cursor.fetchone()
    assert pointing == len(PeopleGroup.relations()) == 2


def test_unused_group_is_removed_and_twice_does_no_harm(client, staff, carers):
    assert "No organisation or seat uses this group." in client.get(f"{LIST}{carers.pk}/remove/").text
    assert "“Carers” has been removed from the list." in client.post(f"{LIST}{carers.pk}/remove/", follow=True).text
    assert Entry.objects.get(verb="people_group.removed").subject_label == "Carers"
    assert client.post(f"{LIST}{carers.pk}/remove/").status_code == 404
    actions.remove(group=carers, by=staff)
    assert Entry.objects.filter(verb="people_group.removed").count() == 1


@pytest.mark.parametrize("by_seat", [False, True])
def test_group_in_use_is_not_removed_and_it_is_said_why(client, staff, carers, by_seat):
    (make.SeatFactory() if by_seat else make.PartnerFactory()).groups.add(carers)
    page = said(client.post(f"{LIST}{carers.pk}/remove/", follow=True))
    assert f"“Carers” cannot be removed: 1 {'seat' if by_seat else 'organisation'} uses it." in page
    with pytest.raises(Refusal, match="is in use, so you cannot remove it"):
        actions.remove(group=carers, by=staff)
    assert PeopleGroup.objects.filter(pk=carers.pk).exists()


def test_list_query_count_is_constant(client, staff, django_assert_num_queries):
    count = queries(client, LIST)
    groups = [PeopleGroup.objects.create(name=f"Group {n}", slug=f"group-{n}", position=100 + n) for n in range(60)]
    for partner in make.PartnerFactory.create_batch(3):
        partner.groups.set(groups)
    with django_assert_num_queries(count):
        page = client.get(LIST).text
    assert "1 to 50 of 89 groups" in page


def test_file_whose_group_was_renamed_since_it_was_read_is_refused(client, staff, carers):
    make.PartnerFactory(name="Link", slug="link")
    data = b"Name,Groups of people it serves\nLink,Carers\n"
    batch = directory_import.start(by=staff, filename="a.csv", data=data)
    actions.rename(group=carers, name="Unpaid carers", by=staff)
    page = client.post(f"/partners/import/{batch.pk}/confirm/", {"seen": previews.reading(batch)}, follow=True).text
    assert "A group of people or a place in this file has been renamed or removed" in page
    assert not Partner.objects.get(name="Link").groups.exists()


def test_no_organisation_gets_the_address_of_the_list(client, staff):
    client.post("/partners/new/", {"name": "Groups", "kind": "vcfse"})
    assert Partner.objects.get().slug == "groups-2"
