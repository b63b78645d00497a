"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from opora.register import code_list_views, edit_views, import_views, professional_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.service_list, name="register_list"),
    path("map/", views.map_page, name="register_map"),
    path("export.xlsx", views.export_xlsx, name="register_export_xlsx"),
    path("export.csv", views.export_csv, name="register_export_csv"),
    path("template.xlsx", views.template_xlsx, name="register_template"),
    path("new/", edit_views.new_service, name="register_new"),
    path("shared/", views.shared_page, name="register_shared"),
    path("organisations/<int:pk>/", views.organisation_page, name="register_organisation"),
    path("import/", import_views.upload, name="register_import"),
    path("import/<int:pk>/", import_views.report, name="register_import_report"),
    path("types/", code_list_views.types, name="register_types"),
    path("types/new/", code_list_views.edit_type, name="register_type_new"),
    path("types/<slug:code>/", code_list_views.edit_type, name="register_type"),
    path("groups/", code_list_views.groups, name="register_groups"),
    path("groups/new/", code_list_views.edit_group, name="register_group_new"),
    path("groups/<slug:code>/", code_list_views.edit_group, name="register_group"),
    path("professionals/", professional_views.professionals, name="register_professionals"),
    path("professionals/new/", professional_views.edit_professional, name="register_professional_new"),
    path("professionals/<int:pk>/", professional_views.edit_professional, name="register_professional"),
    path("<str:code>/", views.service_page, name="register_service"),
    path("<str:code>/edit/", edit_views.edit_service, name="register_edit"),
    path("<str:code>/figures/", edit_views.record_figures, name="register_figures"),
    path("<str:code>/staff/", edit_views.edit_staff, name="register_staff"),
    path("<str:code>/close/", edit_views.close_service, name="register_close"),
]
