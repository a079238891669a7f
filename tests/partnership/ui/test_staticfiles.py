"""The styles we take from GOV.UK Frontend."""

from pathlib import Path

from django.contrib.staticfiles import finders

from partnership.ui.staticfiles import TAKEN, GovukFrontendFinder


def test_styles_name_no_font_that_only_govuk_may_use():
    styles = Path(finders.find("govuk/govuk-frontend.min.css")).read_text()
    assert ".govuk-button" in styles
    assert "@font-face" not in styles
    assert "woff" not in styles


def test_only_the_built_files_are_taken():
    assert [name for name, _ in GovukFrontendFinder().list([])] == list(TAKEN)
    assert not finders.find("govuk/assets/fonts/light-94a07e06a1-v2.woff2")
