"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.evidence.monitoring.views import agreement, frameworks, marking, offline, reports, rounds, visits

round_ = "rounds/<str:code>/"
visit = "visits/<str:code>/"
version = "frameworks/<str:code>/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", rounds.home, name="monitoring_home"),
    path("worker.js", offline.worker, name="monitoring_worker"),
    path("offline/", offline.shell, name="monitoring_offline"),
    path("ties/", rounds.ties, name="monitoring_ties"),
    path("ties/<int:pk>/end/", rounds.end_tie, name="monitoring_tie_end"),
    path("rounds/new/", rounds.new_round, name="monitoring_round_new"),
    path(round_, rounds.round_, name="monitoring_round"),
    path(round_ + "close/", rounds.close, name="monitoring_round_close"),
    path(round_ + "agreement/", agreement.agreement, name="monitoring_agreement"),
    path(round_ + "agreement/<str:item>/", agreement.marks, name="monitoring_agreement_marks"),
    path(visit, visits.visit, name="monitoring_visit"),
    path(visit + "plan/", visits.plan, name="monitoring_plan"),
    path(visit + "excuse/", visits.excuse, name="monitoring_excuse"),
    path(visit + "mark/", marking.mark, name="monitoring_mark"),
    path(visit + "sync/", marking.sync, name="monitoring_sync"),
    path(visit + "photo/", marking.photo, name="monitoring_photo"),
    path(visit + "photo/<int:pk>/remove/", marking.remove_photo, name="monitoring_photo_remove"),
    path(visit + "versions/", marking.versions, name="monitoring_versions"),
    path(visit + "check/", marking.check, name="monitoring_check"),
    path(visit + "lock/", marking.lock, name="monitoring_lock"),
    path(visit + "consensus/", reports.consensus, name="monitoring_consensus"),
    path(visit + "report/", reports.report, name="monitoring_report"),
    path(visit + "report/<str:ending>/", reports.paper, name="monitoring_paper"),
    path(visit + "answer/", reports.answer, name="monitoring_answer"),
    path(visit + "programme/", reports.programme, name="monitoring_programme"),
    path(visit + "programme/<int:pk>/remove/", reports.remove_row, name="monitoring_row_remove"),
    path("frameworks/", frameworks.frameworks, name="monitoring_frameworks"),
    path("frameworks/<str:code>/begin/", frameworks.begin, name="monitoring_framework_begin"),
    path(version, frameworks.framework, name="monitoring_framework"),
    path(version + "xlsx/", frameworks.download, name="monitoring_framework_xlsx"),
    path(version + "weights/", frameworks.weights, name="monitoring_framework_weights"),
    path(version + "upload/", frameworks.upload, name="monitoring_framework_upload"),
    path(version + "indicators/<str:item>/", frameworks.indicator, name="monitoring_indicator"),
    path("uploads/<int:pk>/", frameworks.differences, name="monitoring_upload"),
]
