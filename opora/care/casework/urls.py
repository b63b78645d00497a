"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.care.casework.views import assessments, emergency, family, files, papers, plans, seals

urlpatterns: list[URLPattern | URLResolver] = [
    path("", files.files, name="casework_files"),
    path("find/", files.find, name="casework_find"),
    path("new/", files.new_file, name="casework_new"),
    path("new/alike/", files.alike, name="casework_alike"),
    path("emergency/", emergency.ask, name="casework_emergency_code"),
    path("emergency/openings/", emergency.openings, name="casework_openings"),
    path("emergency/openings/<int:pk>/", emergency.review, name="casework_opening"),
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
    path("<str:code>/family/", family.family, name="casework_family"),
    path("<str:code>/family/new/", family.relative, name="casework_relative_new"),
    path("<str:code>/family/<int:pk>/", family.relative, name="casework_relative"),
    path("<str:code>/family/<int:pk>/end/", family.relative_end, name="casework_relative_end"),
    path("<str:code>/family/<int:pk>/link/", family.relative_link, name="casework_relative_link"),
    path("<str:code>/family/places/new/", family.agency, name="casework_agency_new"),
    path("<str:code>/family/places/<int:pk>/", family.agency, name="casework_agency"),
    path("<str:code>/documents/", papers.papers, name="casework_papers"),
    path("<str:code>/documents/<slug:kind>/", papers.paper, name="casework_paper"),
    path("<str:code>/documents/<slug:kind>/<slug:ending>/", papers.paper_file, name="casework_paper_file"),
    path("<str:code>/events/<int:pk>/correct/", files.correct, name="casework_correct"),
]
