"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.evidence.survey import urls_board, views, views_sheet, views_templates

card = "cards/<str:code>/"
version = "templates/<str:form_id>/<str:version>/"

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_board.urlpatterns,
    path("", views.home, name="survey_home"),
    path(card, views.card, name="survey_card"),
    path(card + "sections/<str:section>/", views.section, name="survey_section"),
    path(card + "draft/", views.draft, name="survey_draft"),
    path(card + "check/", views.check, name="survey_check"),
    path(card + "receipt/<int:number>/", views.receipt, name="survey_receipt"),
    path(card + "merge/", views.merge, name="survey_merge"),
    path(card + "xlsx/", views_sheet.download, name="survey_card_xlsx"),
    path(card + "upload/", views_sheet.upload, name="survey_card_upload"),
    path("templates/", views_templates.templates, name="survey_templates"),
    path(version, views_templates.version, name="survey_template"),
    path(version + "xlsx/", views_templates.download, name="survey_template_xlsx"),
    path(version + "xform/", views_templates.xform, name="survey_template_xform"),
]
