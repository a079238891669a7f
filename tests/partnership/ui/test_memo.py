"""What is computed from public tables is cached until one of them changes, and never within a transaction."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.page_cache.memo import cached_until_changed
from partnership.partners.models import Partner
from tests import factories as make


@pytest.mark.django_db(transaction=True)
def test_count_is_computed_once_until_a_public_table_changes():
    asked = []

    def count():
        asked.append(1)
        return Partner.objects.count()

    make.PartnerFactory()
    assert [cached_until_changed("test count", count), cached_until_changed("test count", count), len(asked)] == [
        1,
        1,
        1,
    ]
    make.PartnerFactory()
    assert [cached_until_changed("test count", count), len(asked)] == [2, 2]


@pytest.mark.django_db
def test_within_a_transaction_nothing_is_cached_until_changed():
    assert [cached_until_changed("test within", lambda: 1), cached_until_changed("test within", lambda: 2)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_directory_counts_once_for_the_same_question(client):
    client.force_login(make.UserFactory())
    make.PartnerFactory()
    client.get("/partners/?kind=vcfse")
    with CaptureQueriesContext(connection) as asked:
        assert "1 partner<" in client.get("/partners/?kind=vcfse").text
    assert not [query for query in asked if "COUNT(*)" in query["sql"]]
