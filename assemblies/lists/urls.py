"""Invitation lists."""

from django.urls import path

from assemblies.lists.views import list_entry, list_import, list_sign_off, list_sources, lists

LISTS = "meetings/<slug:slug>/manage/lists/"
LIST = f"{LISTS}<slug:place>/"
FILE = f"{LIST}import/<int:pk>/"

urlpatterns = [
    path(LISTS, lists.manage_lists, name="manage_lists"),
    path(f"{LISTS}chase/", list_sign_off.manage_lists_chase, name="manage_lists_chase"),
    path(f"{LISTS}mix/", list_sign_off.manage_lists_mix, name="manage_lists_mix"),
    path(LIST, lists.manage_list, name="manage_list"),
    path(f"{LIST}add/", list_entry.manage_list_add, name="manage_list_add"),
    path(f"{LIST}people/<int:pk>/", list_entry.manage_list_entry, name="manage_list_entry"),
    path(f"{LIST}people/<int:pk>/remove/", list_entry.manage_list_remove, name="manage_list_remove"),
    path(f"{LIST}directory/", list_sources.manage_list_directory, name="manage_list_directory"),
    path(f"{LIST}last-time/", list_sources.manage_list_last_time, name="manage_list_last_time"),
    path(f"{LIST}import/", list_import.manage_list_import, name="manage_list_import"),
    path(FILE, list_import.manage_list_preview, name="manage_list_preview"),
    path(f"{FILE}rows/<int:row>/", list_import.manage_list_row, name="manage_list_row"),
    path(f"{FILE}columns/", list_import.manage_list_columns, name="manage_list_columns"),
    path(f"{FILE}sheet/", list_import.manage_list_sheet, name="manage_list_sheet"),
    path(f"{FILE}confirm/", list_import.manage_list_confirm, name="manage_list_confirm"),
    path(f"{FILE}discard/", list_import.manage_list_discard, name="manage_list_discard"),
    path(f"{LIST}sign-off/", list_sign_off.manage_list_sign_off, name="manage_list_sign_off"),
    path(f"{LIST}reopen/", list_sign_off.manage_list_reopen, name="manage_list_reopen"),
    path(f"{LIST}chase/", list_sign_off.manage_list_chase, name="manage_list_chase"),
    path(f"{LIST}mix/", list_sign_off.manage_list_mix, name="manage_list_mix"),
]
