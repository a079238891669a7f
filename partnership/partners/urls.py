"""Addresses of partner organisations and memberships."""

from django.urls import path

from partnership.partners.views import (
    closing,
    directory,
    memberships,
    merging,
    organisation,
    page,
    people,
    yearly_check,
)

urlpatterns = [
    path("partners/", directory.directory, name="partners"),
    path("partners/new/", page.partner_new, name="partner_new"),
    path("partners/alike/", merging.partners_alike, name="partners_alike"),
    path("partners/merges/", merging.partners_merges, name="partners_merges"),
    path("partners/merges/<int:pk>/undo/", merging.partners_merge_undo, name="partners_merge_undo"),
    path("partners/no-contact/", closing.partners_no_contact, name="partners_no_contact"),
    path("partners/check/<str:key>/", yearly_check.partner_check, name="partner_check"),
    path("partners/check/<str:key>/change/", yearly_check.partner_check_change, name="partner_check_change"),
    path("partners/<slug:slug>/", directory.partner, name="partner"),
    path("partners/<slug:slug>/edit/", page.partner_edit, name="partner_edit"),
    path("partners/<slug:slug>/people/", people.partner_people, name="partner_people"),
    path("partners/<slug:slug>/people/new/", people.contact_new, name="contact_new"),
    path("partners/<slug:slug>/people/<int:pk>/", people.contact_edit, name="contact_edit"),
    path("partners/<slug:slug>/people/<int:pk>/remove/", people.contact_remove, name="contact_remove"),
    path("partners/<slug:slug>/close/", closing.partner_close, name="partner_close"),
    path("partners/<slug:slug>/reopen/", closing.partner_reopen, name="partner_reopen"),
    path("partners/<slug:slug>/merge/", merging.partner_merge_with, name="partner_merge_with"),
    path("partners/<slug:slug>/merge/<slug:other>/", merging.partner_merge, name="partner_merge"),
    path("partners/<slug:slug>/apart/<slug:other>/", merging.partners_keep_apart, name="partners_keep_apart"),
    path("account/organisation/", organisation.organisation_join, name="organisation_join"),
    path("account/organisation/new/", organisation.organisation_new, name="organisation_new"),
    path("account/organisation/<slug:slug>/", organisation.organisation_ask, name="organisation_ask"),
    path("account/memberships/<int:pk>/end/", organisation.membership_end, name="membership_end"),
    path("memberships/", memberships.memberships, name="memberships"),
    path("memberships/<int:pk>/accept/", memberships.membership_accept, name="membership_accept"),
    path("memberships/<int:pk>/part/", people.member_part, name="member_part"),
    path("memberships/<int:pk>/refuse/", memberships.membership_refuse, name="membership_refuse"),
]
