from django.urls import path

from assemblies.views import representation

urlpatterns = [
    path("representation/", representation.representation, name="representation"),
    path("representation/list/", representation.representation_list, name="representation_list"),
    path("representation/seats.<str:kind>", representation.representation_file, name="representation_file"),
]
