"""Addresses of partner organisations and memberships."""

from django.urls import path

from partnership.partners.views import directory, memberships, organisation, page, people

urlpatterns = [
    path("partners/", directory.directory, name="partners"),
    path("partners/new/", page.partner_new, name="partner_new"),
    path("partners/<slug:slug>/", directory.partner, name="partner"),
    path("partners/<slug:slug>/edit/", page.partner_edit, name="partner_edit"),
    path("partners/<slug:slug>/people/", people.partner_people, name="partner_people"),
    path("partners/<slug:slug>/people/new/", people.contact_new, name="contact_new"),
    path("partners/<slug:slug>/people/<int:pk>/", people.contact_edit, name="contact_edit"),
    path("partners/<slug:slug>/people/<int:pk>/remove/", people.contact_remove, name="contact_remove"),
    path("account/organisation/", organisation.organisation_join, name="organisation_join"),
    path("account/organisation/new/", organisation.organisation_new, name="organisation_new"),
    path("account/organisation/<slug:slug>/", organisation.organisation_ask, name="organisation_ask"),
    path("account/memberships/<int:pk>/end/", organisation.membership_end, name="membership_end"),
    path("memberships/", memberships.memberships, name="memberships"),
    path("memberships/<int:pk>/accept/", memberships.membership_accept, name="membership_accept"),
    path("memberships/<int:pk>/part/", people.member_part, name="member_part"),
    path("memberships/<int:pk>/refuse/", memberships.membership_refuse, name="membership_refuse"),
]
