"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.improvement.practice.views import cards, library, transfers

urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.library, name="practice_library"),
    path("network/", library.network, name="practice_network"),
    path("mine/", cards.mine, name="practice_mine"),
    path("new/", cards.new, name="practice_new"),
    path("adaptations/", transfers.adaptations, name="practice_adaptations"),
    path("adaptations/<str:code>/", transfers.adaptation, name="practice_adaptation"),
    path("adaptations/<str:code>/answer/", transfers.answer, name="practice_adaptation_answer"),
    path("adaptations/<str:code>/plan/", transfers.plan, name="practice_adaptation_plan"),
    path("adaptations/<str:code>/change/", transfers.change, name="practice_adaptation_change"),
    path("adaptations/<str:code>/start/", transfers.start, name="practice_adaptation_start"),
    path("adaptations/<str:code>/measure/<int:moment>/", transfers.measure, name="practice_adaptation_measure"),
    path("adaptations/<str:code>/finish/", transfers.finish, name="practice_adaptation_finish"),
    path("<str:code>/", library.card, name="practice_card"),
    path("<str:code>/paper/<slug:ending>/", library.paper, name="practice_paper"),
    path("<str:code>/feedback/", library.feedback, name="practice_feedback"),
    path("<str:code>/feedback/<int:pk>/", cards.answer, name="practice_feedback_answer"),
    path("<str:code>/edit/", cards.edit, name="practice_edit"),
    path("<str:code>/needs/", cards.needs, name="practice_needs"),
    path("<str:code>/tools/", cards.tools, name="practice_tools"),
    path("<str:code>/offer/", cards.offer, name="practice_offer"),
    path("<str:code>/decide/<slug:what>/", cards.decide, name="practice_decide"),
    path("<str:code>/adapt/", transfers.ask, name="practice_ask"),
]
