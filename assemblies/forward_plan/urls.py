"""Forward plans of boards, and topics with their routes. Fixed words come before numbers."""

from django.urls import path

from assemblies.forward_plan.views import plan, planned_item, topic

PLAN = "boards/<slug:slug>/plan/"
ITEM = f"{PLAN}items/<int:pk>/"

urlpatterns = [
    path(PLAN, plan.forward_plan, name="forward_plan"),
    path(f"{PLAN}standing/", plan.standing_items, name="standing_items"),
    path(f"{PLAN}topics/new/", topic.topic_new, name="topic_new"),
    path(f"{ITEM}edit/", planned_item.planned_item_edit, name="planned_item_edit"),
    path(f"{ITEM}move/", planned_item.planned_item_move, name="planned_item_move"),
    path(f"{ITEM}copy/", planned_item.planned_item_copy, name="planned_item_copy"),
    path(f"{ITEM}shift/", planned_item.planned_item_shift, name="planned_item_shift"),
    path(f"{ITEM}withdraw/", planned_item.planned_item_withdraw, name="planned_item_withdraw"),
    path(f"{ITEM}report/", planned_item.planned_item_report, name="planned_item_report"),
    path(f"{ITEM}result/", planned_item.planned_item_result, name="planned_item_result"),
    path("topics/<int:pk>/", topic.topic, name="topic"),
    path("topics/<int:pk>/edit/", topic.topic_edit, name="topic_edit"),
    path("topics/<int:pk>/park/", topic.topic_park, name="topic_park"),
    path("topics/<int:pk>/close/", topic.topic_close, name="topic_close"),
    path("topics/<int:pk>/plan/", topic.topic_plan, name="topic_plan"),
]
