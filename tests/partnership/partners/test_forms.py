"""What staff may type about a partner."""

import pytest
from django.forms import modelform_factory

from partnership.partners.forms import PartnerForm
from partnership.partners.models import Partner


@pytest.mark.filterwarnings("error::django.utils.deprecation.RemovedInDjango60Warning")
def test_web_address_typed_short_means_https():
    website = modelform_factory(Partner, form=PartnerForm)().fields["website"]
    assert website.clean("www.example.org") == "https://www.example.org"
