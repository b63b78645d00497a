"""Addresses of this room."""

from django.urls import path

from opora.care.protection.views import breaches, impact, papers, rules

urlpatterns = [
    path("", breaches.register, name="protection_breaches"),
    path("tell/", breaches.tell, name="protection_tell"),
    path("breaches/<str:code>/", breaches.breach, name="protection_breach"),
    path("breaches/<str:code>/write/", breaches.write, name="protection_write"),
    path("breaches/<str:code>/decide/", breaches.decide, name="protection_decide"),
    path("breaches/<str:code>/notify/", breaches.notify, name="protection_notify"),
    path("breaches/<str:code>/close/", breaches.close, name="protection_close"),
    path("breaches/<str:code>/reopen/", breaches.reopen, name="protection_reopen"),
    path(
        "breaches/<str:code>/paper/<slug:kind>/<slug:ending>/",
        papers.breach_paper,
        name="protection_breach_paper",
    ),
    path("record/", papers.record, name="protection_record"),
    path("record/<slug:ending>/", papers.record_file, name="protection_record_file"),
    path("impact/", impact.controllers, name="protection_impacts"),
    path("impact/<int:pk>/", impact.impact, name="protection_impact"),
    path("impact/<int:pk>/paper/<slug:ending>/", impact.impact_file, name="protection_impact_file"),
    path("impact/<int:pk>/<slug:key>/", impact.write, name="protection_impact_write"),
    path("rules/", rules.rules, name="protection_rules"),
    path("rules/<int:number>/<slug:ending>/", rules.rules_file, name="protection_rules_file"),
]
