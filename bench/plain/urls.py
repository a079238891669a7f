from django.urls import path

from bench.plain import views

urlpatterns = [
    path("meetings/<slug:slug>/register/", views.register),
    path("meetings/<slug:slug>/register/check-your-email/", views.check, name="check"),
    path("r/<str:key>/confirm/", views.confirm),
    path("r/<str:key>/", views.show, name="person"),
]
