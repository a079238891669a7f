"""Who speaks for which organisations."""

from django.urls import path

from places.representation.views import map, places, served  # noqa: A004 - the page is the map

urlpatterns = [
    path("places/new/", places.place_new, name="place_new"),
    path("places/<slug:slug>/edit/", places.place_edit, name="place_edit"),
    path("boards/<slug:slug>/places/", served.board_places, name="board_places"),
    path("boards/<slug:slug>/seats/<int:pk>/places/", served.seat_places, name="seat_places"),
    path("representation/", map.representation, name="representation"),
    path("representation/list/", map.representation_list, name="representation_list"),
    path("representation/seats.<str:kind>", map.representation_file, name="representation_file"),
]
