"""Addresses of partner organisations and memberships."""

from django.urls import path

from partnership.partners.views import directory, memberships, organisation

urlpatterns = [
    path("partners/", directory.directory, name="partners"),
    path("partners/new/", directory.partner_new, name="partner_new"),
    path("partners/<slug:slug>/", directory.partner, name="partner"),
    path("partners/<slug:slug>/edit/", directory.partner_edit, name="partner_edit"),
    path("account/organisation/", organisation.organisation_join, name="organisation_join"),
    path("account/organisation/new/", organisation.organisation_new, name="organisation_new"),
    path("account/organisation/<slug:slug>/", organisation.organisation_ask, name="organisation_ask"),
    path("account/memberships/<int:pk>/end/", organisation.membership_end, name="membership_end"),
    path("memberships/", memberships.memberships, name="memberships"),
    path("memberships/<int:pk>/accept/", memberships.membership_accept, name="membership_accept"),
    path("memberships/<int:pk>/refuse/", memberships.membership_refuse, name="membership_refuse"),
]
