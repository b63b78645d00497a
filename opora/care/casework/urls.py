"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.care.casework.views import assessments, emergency, ending, files, outcomes, papers, plans, seals, transfers

urlpatterns: list[URLPattern | URLResolver] = [
    path("", files.files, name="casework_files"),
    path("find/", files.find, name="casework_find"),
    path("new/", files.new_file, name="casework_new"),
    path("new/alike/", files.alike, name="casework_alike"),
    path("emergency/", emergency.ask, name="casework_emergency_code"),
    path("emergency/openings/", emergency.openings, name="casework_openings"),
    path("emergency/openings/<int:pk>/", emergency.review, name="casework_opening"),
    path("outcomes/", outcomes.outcomes, name="casework_outcomes"),
    path("outcomes/csv/", outcomes.download, name="casework_outcomes_csv"),
    path("outcomes/<slug:measure>/<slug:category>/", outcomes.rows, name="casework_outcome_rows"),
    path("<str:code>/outcome/", outcomes.person, name="casework_outcome"),
    path("<str:code>/outcome/ask/", outcomes.ask, name="casework_ask"),
    path("transfers/<int:pk>/", transfers.answer, name="casework_transfer_answer"),
    path("<str:code>/contract/", ending.contract, name="casework_contract"),
    path("<str:code>/review/", ending.review, name="casework_review"),
    path("<str:code>/close/", ending.close, name="casework_close"),
    path("<str:code>/transfer/", transfers.transfer, name="casework_transfer"),
    path("<str:code>/emergency/", emergency.emergency, name="casework_emergency"),
    path("<str:code>/seal/", seals.seal, name="casework_seal"),
    path("<str:code>/sealed/", seals.sealed, name="casework_sealed"),
    path("<str:code>/sealed/<int:pk>/", seals.answer, name="casework_unsealing"),
    path("<str:code>/", files.file_page, name="casework_file"),
    path("<str:code>/stage/", files.stage, name="casework_stage"),
    path("<str:code>/lead/", files.lead, name="casework_lead"),
    path("<str:code>/assessment/", assessments.assessment, name="casework_assessment"),
    path("<str:code>/plan/", plans.plan, name="casework_plan"),
    path("<str:code>/plan/new/<slug:domain>/", plans.goal, name="casework_goal_new"),
    path("<str:code>/plan/goals/<int:pk>/", plans.goal, name="casework_goal"),
    path("<str:code>/plan/goals/<int:pk>/remove/", plans.goal_remove, name="casework_goal_remove"),
    path("<str:code>/plan/goals/<int:pk>/mark/", plans.mark, name="casework_goal_mark"),
    path("<str:code>/documents/", papers.papers, name="casework_papers"),
    path("<str:code>/documents/<slug:kind>/", papers.paper, name="casework_paper"),
    path("<str:code>/documents/<slug:kind>/<slug:ending>/", papers.paper_file, name="casework_paper_file"),
    path("<str:code>/events/<int:pk>/correct/", files.correct, name="casework_correct"),
]
