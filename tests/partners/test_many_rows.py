"""Many rows are written in one statement, each with its own values."""

import pytest

from partnership.database import many
from partnership.partners.models import Partner
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_each_row_gets_its_own_values_and_other_fields_stay(django_assert_num_queries):
    one, two, three = make.PartnerFactory.create_batch(3, summary="Old")
    one.name, one.email_is_public, one.successor = 'It\'s {one}, "quoted"', True, three
    two.name, two.checked_on = "Two", "2026-01-02"
    two.summary = "not written"
    with django_assert_num_queries(1):
        many.update([one, two], ["name", "email_is_public", "successor", "checked_on"])
    rows = Partner.objects.order_by("pk").values_list("name", "email_is_public", "successor", "summary")
    assert list(rows[:2]) == [('It\'s {one}, "quoted"', True, three.pk, "Old"), ("Two", False, None, "Old")]
    assert str(Partner.objects.get(pk=two.pk).checked_on) == "2026-01-02"


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        many.update([], ["name"])
        many.update([Partner(pk=1)], [])
