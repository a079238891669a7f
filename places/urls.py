"""Addresses of places."""

from django.urls import path

from places.views import leads, places, served

urlpatterns = [
    path("boards/<slug:slug>/places/", served.board_places, name="board_places"),
    path("boards/<slug:slug>/seats/<int:pk>/places/", served.seat_places, name="seat_places"),
    path("places/", places.places, name="places"),
    path("places/new/", places.place_new, name="place_new"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("places/<slug:slug>/edit/", places.place_edit, name="place_edit"),
    path("places/<slug:slug>/leads/new/", leads.place_lead_new, name="place_lead_new"),
    path("places/<slug:slug>/leads/<int:pk>/end/", leads.place_lead_end, name="place_lead_end"),
    path("places/<slug:slug>/partners/", places.place_partners, name="place_partners"),
    path(
        "places/<slug:slug>/partners/<slug:partner>/remove/", places.place_partner_remove, name="place_partner_remove"
    ),
]
