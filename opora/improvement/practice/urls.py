"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.improvement.practice.views import cards, gates, library, needs, panel, periods, steps, transfers

urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.library, name="practice_library"),
    path("network/", library.network, name="practice_network"),
    path("mine/", cards.mine, name="practice_mine"),
    path("new/", cards.new, name="practice_new"),
    path("adaptations/", transfers.adaptations, name="practice_adaptations"),
    path("adaptations/<str:code>/", transfers.adaptation, name="practice_adaptation"),
    path("adaptations/<str:code>/answer/", transfers.answer, name="practice_adaptation_answer"),
    path("adaptations/<str:code>/plan/", steps.plan, name="practice_adaptation_plan"),
    path("adaptations/<str:code>/change/", steps.change, name="practice_adaptation_change"),
    path("adaptations/<str:code>/start/", steps.start, name="practice_adaptation_start"),
    path("adaptations/<str:code>/measure/<int:moment>/", steps.measure, name="practice_adaptation_measure"),
    path("adaptations/<str:code>/finish/", steps.finish, name="practice_adaptation_finish"),
    path("awards/", panel.awards, name="practice_awards"),
    path("awards/<int:pk>/certificate/", panel.certificate, name="practice_certificate"),
    path("nominate/", gates.nominate_where, name="practice_nominate_where"),
    path("nominate/<str:code>/", gates.nominate, name="practice_nominate"),
    path("periods/", periods.periods, name="practice_periods"),
    path("periods/new/", periods.new, name="practice_periods_new"),
    path("periods/<str:code>/", periods.period, name="practice_period"),
    path("periods/<str:code>/round/", gates.round_, name="practice_period_round"),
    path("periods/<str:code>/gates/", gates.gates, name="practice_period_gates"),
    path("periods/<str:code>/gates/<str:service>/", gates.gate, name="practice_period_gate"),
    path("periods/<str:code>/fix/", gates.fix, name="practice_period_fix"),
    path("periods/<str:code>/beside/", periods.beside, name="practice_period_beside"),
    path("periods/<str:code>/places/<str:service>/", periods.place, name="practice_period_place"),
    path(
        "periods/<str:code>/places/<str:service>/<str:indicator>/", periods.mark, name="practice_period_mark"
    ),
    path("periods/<str:code>/nominations/<int:pk>/", gates.nomination, name="practice_period_nomination"),
    path("periods/<str:code>/panel/", panel.panel, name="practice_period_panel"),
    path("periods/<str:code>/declare/", panel.declare, name="practice_period_declare"),
    path("periods/<str:code>/votes/", panel.votes, name="practice_period_votes"),
    path("periods/<str:code>/votes/<str:service>/", panel.vote, name="practice_period_vote"),
    path("periods/<str:code>/decide/", panel.decide, name="practice_period_decide"),
    path("periods/<str:code>/minutes/<slug:ending>/", panel.minutes_file, name="practice_period_minutes"),
    path("<str:code>/effect/", panel.effect, name="practice_effect"),
    path("<str:code>/", library.card, name="practice_card"),
    path("<str:code>/paper/<slug:ending>/", library.paper, name="practice_paper"),
    path("<str:code>/feedback/", library.feedback, name="practice_feedback"),
    path("<str:code>/feedback/<int:pk>/", cards.answer, name="practice_feedback_answer"),
    path("<str:code>/edit/", cards.edit, name="practice_edit"),
    path("<str:code>/needs/", needs.needs, name="practice_needs"),
    path("<str:code>/tools/", needs.tools, name="practice_tools"),
    path("<str:code>/offer/", cards.offer, name="practice_offer"),
    path("<str:code>/decide/<slug:what>/", cards.decide, name="practice_decide"),
    path("<str:code>/adapt/", transfers.ask, name="practice_ask"),
]
