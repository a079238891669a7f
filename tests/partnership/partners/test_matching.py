"""Which partner a typed name means."""

import pytest

from partnership.partners.matching import PartnersByName
from partnership.partners.models import Partner

NAMES = [
    "Liverpool City Council",
    "Mersey Care NHS Foundation Trust",
    "Knowsley Community Larder",
    "Sefton Council for Voluntary Service",
    "Age UK Wirral",
    "Age UK Sefton",
    "Healthwatch Halton",
]


def find(name: str) -> str:
    found = PartnersByName([Partner(name=each) for each in NAMES]).find(name)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Liverpool City Council", "Liverpool City Council"),
        ("  liverpool city  COUNCIL ", "Liverpool City Council"),
        ("Liverpool Council", "Liverpool City Council"),
        ("Mersey Care NHS FT", "Mersey Care NHS Foundation Trust"),
        ("Mersey Care", ""),
        ("The Knowsley Community Larder Ltd", "Knowsley Community Larder"),
        ("Sefton CVS", "Sefton Council for Voluntary Service"),
        ("Halton Healthwatch", "Healthwatch Halton"),
        ("Age UK", ""),
        ("Liverpool", ""),
        ("Wigan Council", ""),
        ("", ""),
    ],
)
def test_typed_name_finds_the_one_partner_it_can_mean(typed, meant):
    assert find(typed) == meant


def test_name_that_could_mean_two_partners_means_neither():
    partners = [Partner(name="Halton Community Trust North"), Partner(name="Halton Community Trust South")]
    assert PartnersByName(partners).find("Halton Community Trust") is None
