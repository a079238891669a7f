"""Places and who leads them."""

from django.urls import path

from places.footprint.views import leads, places

urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("places/<slug:slug>/leads/new/", leads.place_lead_new, name="place_lead_new"),
    path("places/<slug:slug>/leads/<int:pk>/end/", leads.place_lead_end, name="place_lead_end"),
]
