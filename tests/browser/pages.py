"""Every page of Opora with the person who works there and addresses that exist in the demonstration.

An address that is no page stands in `NO_PAGES`; `test_pages` fails when a new one stands in neither list.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from tests.browser.house import House

VISITOR = ""
LOVECH, KARDZHALI, HEAD, WORKER = (
    "coordinator-lovech",
    "coordinator-kardzhali",
    "head-troyan",
    "worker-troyan",
)
ADMIN, ANALYST, DPO = "administrator", "analyst", "data-protection"
OWN = "own-password"
"""Somebody with a password, unlike the people of the demonstration; only they see the pages of passwords."""
PEOPLE = (
    VISITOR, LOVECH, KARDZHALI, HEAD, "head-daga", WORKER, "psychologist-troyan", "orthopaedist", "expert-lovech",
    ANALYST, ADMIN, "inspector", "evaluator", DPO, OWN,
)  # fmt: skip
"""Everybody a visitor of the demonstration may be; two heads and two coordinators see different things."""

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "home": (LOVECH, ("/",)),
    "home_about": (VISITOR, ("/about/",)),
    "home_accessibility": (VISITOR, ("/accessibility/",)),
    "home_privacy": (VISITOR, ("/privacy/",)),
    "casework_files": (WORKER, ("/files/", "/files/?stage=closed")),
    "casework_new": (WORKER, ("/files/new/",)),
    "casework_file": (WORKER, ("/files/{file}/",)),
    "casework_stage": (WORKER, ("/files/{file}/stage/",)),
    "casework_lead": (HEAD, ("/files/{file}/lead/",)),
    "casework_emergency_code": (WORKER, ("/files/emergency/",)),
    "casework_emergency": ("head-daga", ("/files/{assessed}/emergency/",)),
    "casework_openings": (HEAD, ("/files/emergency/openings/",)),
    "casework_opening": (HEAD, ("/files/emergency/openings/{opening}/",)),
    "casework_seal": (HEAD, ("/files/{file}/seal/",)),
    "casework_sealed": (HEAD, ("/files/{sealed}/sealed/",)),
    "casework_assessment": (WORKER, ("/files/{file}/assessment/", "/files/{assessed}/assessment/")),
    "casework_opinions": (WORKER, ("/files/{file}/opinions/", "/files/{assessed}/opinions/")),
    "casework_ask": (WORKER, ("/files/{assessed}/opinions/ask/?who=speech_therapist",)),
    "casework_asked": (WORKER, ("/files/{assessed}/opinions/asked/1/",)),
    "casework_team_opinion": ("psychologist-troyan", ("/files/{file}/opinions/team/",)),
    "casework_plan": (WORKER, ("/files/{file}/plan/", "/files/{assessed}/plan/")),
    "casework_papers": (WORKER, ("/files/{file}/documents/",)),
    "casework_paper": (WORKER, ("/files/{file}/documents/plan/", "/files/{file}/documents/file/?to=court")),
    "casework_goal_mark": (WORKER, ("/files/{file}/plan/goals/{goal}/mark/",)),
    "casework_contract": (WORKER, ("/files/{file}/contract/", "/files/{unsigned}/contract/")),
    "casework_review": (WORKER, ("/files/{file}/review/", "/files/{assessed}/review/")),
    "casework_close": (WORKER, ("/files/{file}/close/",)),
    "casework_transfer": (HEAD, ("/files/{file}/transfer/",)),
    "casework_transfer_answer": (HEAD, ("/files/transfers/{transfer}/",)),
    "casework_outcome": (WORKER, ("/files/{file}/outcome/",)),
    "casework_said": (WORKER, ("/files/{file}/outcome/ask/",)),
    "casework_outcomes": (LOVECH, ("/files/outcomes/",)),
    "casework_outcome_rows": (HEAD, ("/files/outcomes/expected/yes/",)),
    "casework_toolkits": (HEAD, ("/files/toolkits/",)),
    "casework_toolkit": (HEAD, ("/files/toolkits/{toolkit}/",)),
    "casework_toolkit_differences": (HEAD, ("/files/toolkits/{toolkit}/differences/",)),
    "casework_toolkit_reword": (HEAD, ("/files/toolkits/{toolkit}/assessment/",)),
    "casework_forms": (WORKER, ("/files/{file}/forms/",)),
    "casework_form": (WORKER, ("/files/{file}/forms/{filled}/",)),
    "casework_correct": (WORKER, ("/files/{file}/events/{note}/correct/",)),
    "casework_safety": (WORKER, ("/files/{endangered}/crisis/", "/files/{assessed}/crisis/", "/files/{file}/crisis/")),
    "casework_crisis": (WORKER, ("/files/{endangered}/crisis/1/",)),
    "casework_signal": (WORKER, ("/files/{file}/crisis/signal/",)),
    "casework_risk": (WORKER, ("/files/{endangered}/crisis/risk/",)),
    "casework_safety_plan": (WORKER, ("/files/{endangered}/crisis/plan/",)),
    "casework_groups": ("psychologist-troyan", ("/files/groups/",)),
    "casework_group": ("psychologist-troyan", ("/files/groups/{group}/",)),
    "casework_group_new": ("psychologist-troyan", ("/files/groups/new/",)),
    "casework_group_members": ("psychologist-troyan", ("/files/groups/{group}/members/",)),
    "casework_group_session": ("psychologist-troyan", ("/files/groups/{group}/session/",)),
    "casework_group_held": ("psychologist-troyan", ("/files/groups/{group}/sessions/{session}/",)),
    "casework_week": ("psychologist-troyan", ("/files/week/",)),
    "casework_visit": ("psychologist-troyan", ("/files/visits/{visit}/",)),
    "casework_visit_new": (WORKER, ("/files/{file}/visit/",)),
    "casework_handover": (HEAD, ("/files/handover/", "/files/handover/?lead={lead}")),
    "casework_load": (HEAD, ("/files/load/",)),
    "casework_presence_shares": (HEAD, ("/files/presence/",)),
    "casework_protection": (HEAD, ("/files/protection/",)),
    "casework_alerts": (DPO, ("/files/protection/alerts/",)),
    "casework_alert": (DPO, ("/files/protection/alerts/{alert}/",)),
    "casework_watched": (DPO, ("/files/protection/watched/",)),
    "casework_erasure": (DPO, ("/files/protection/erasures/{erasure}/",)),
    "casework_list_new": (HEAD, ("/files/protection/lists/new/LOV-17/",)),
    "casework_list": (DPO, ("/files/protection/lists/{list}/",)),
    "protection_breaches": (HEAD, ("/protection/",)),
    "protection_tell": (WORKER, ("/protection/tell/",)),
    "protection_breach": (HEAD, ("/protection/breaches/{breach}/", "/protection/breaches/{closed_breach}/")),
    "protection_write": (HEAD, ("/protection/breaches/{breach}/write/",)),
    "protection_decide": (DPO, ("/protection/breaches/{breach}/decide/",)),
    "protection_notify": (HEAD, ("/protection/breaches/{breach}/notify/",)),
    "protection_close": (HEAD, ("/protection/breaches/{breach}/close/",)),
    "protection_reopen": (DPO, ("/protection/breaches/{closed_breach}/reopen/",)),
    "protection_impacts": (DPO, ("/protection/impact/",)),
    "protection_impact": (HEAD, ("/protection/impact/{controller}/",)),
    "protection_impact_write": (HEAD, ("/protection/impact/{controller}/need/",)),
    "protection_rules": (HEAD, ("/protection/rules/",)),
    "protection_record": (DPO, ("/protection/record/",)),
    "casework_data": (HEAD, ("/files/{file}/data/",)),
    "casework_archive": (HEAD, ("/files/{file}/archive/",)),
    "casework_copy": (HEAD, ("/files/{file}/data/copy/",)),
    "casework_erase": (HEAD, ("/files/{file}/data/erase/",)),
    "casework_hold": (WORKER, ("/files/{file}/data/hold/",)),
    "casework_death": (WORKER, ("/files/{file}/data/death/",)),
    "casework_family": (WORKER, ("/files/{file}/family/", "/files/{assessed}/family/")),
    "casework_relative_new": (WORKER, ("/files/{file}/family/new/",)),
    "casework_relative": (WORKER, ("/files/{file}/family/{relation}/",)),
    "casework_agency_new": (WORKER, ("/files/{file}/family/places/new/",)),
    "casework_agency": (WORKER, ("/files/{file}/family/places/{agency}/",)),
    "casework_enclosures": (WORKER, ("/files/{file}/enclosures/",)),
    "casework_paper_asked": (WORKER, ("/files/{file}/enclosures/asked/",)),
    "casework_enclosure_remove": (WORKER, ("/files/{file}/enclosures/{enclosure}/remove/",)),
    "casework_presence": (WORKER, ("/files/{file}/presence/",)),
    "casework_presence_note": (WORKER, ("/files/{file}/presence/{intake}/",)),
    "casework_consents": (WORKER, ("/files/{file}/consents/",)),
    "casework_consent_new": (WORKER, ("/files/{file}/consents/new/",)),
    "casework_withdrawal": (WORKER, ("/files/{file}/consents/{consent}/withdraw/",)),
    "search_search": (LOVECH, ("/search/?q=център", "/search/?q=щъркел")),
    "reports_services": (ANALYST, ("/reports/", "/reports/?measure=occupied")),
    "directory_find": (VISITOR, ("/find/", "/find/?place=Момчилград", "/find/?place=Атлантида&need=violence")),
    "directory_service": (VISITOR, ("/find/KRZ-10/", "/find/KRZ-09/")),
    "directory_easy": (VISITOR, ("/find/KRZ-10/easy/",)),
    "needs_analyses": (KARDZHALI, ("/analyses/",)),
    "needs_start": (LOVECH, ("/analyses/new/",)),
    "needs_analysis": (KARDZHALI, ("/analyses/{analysis}/", "/analyses/{analysis}/?chapter=services")),
    "needs_rows": (KARDZHALI, ("{first_figure}",)),
    "needs_chapter": (KARDZHALI, ("{first_chapter}",)),
    "needs_publish": (KARDZHALI, ("/analyses/{analysis}/publish/",)),
    "needs_compare": (KARDZHALI, ("/analyses/{analysis}/compare/",)),
    "practice_library": (VISITOR, ("/practices/", "/practices/?q=знак", "/practices/?grade=4")),
    "practice_card": (VISITOR, ("/practices/{practice}/",)),
    "practice_network": (VISITOR, ("/practices/network/",)),
    "practice_effect": (VISITOR, ("/practices/{practice}/effect/",)),
    "practice_awards": (VISITOR, ("/practices/awards/",)),
    "practice_nominate": (VISITOR, ("/practices/nominate/{award}/",)),
    "practice_mine": ("head-daga", ("/practices/mine/",)),
    "practice_new": (HEAD, ("/practices/new/",)),
    "practice_edit": (KARDZHALI, ("/practices/{practice}/edit/",)),
    "practice_needs": (KARDZHALI, ("/practices/{practice}/needs/",)),
    "practice_tools": (KARDZHALI, ("/practices/{practice}/tools/",)),
    "practice_share": ("head-daga", ("/practices/{practice}/toolkits/",)),
    "practice_decide": (LOVECH, ("/practices/{offered}/decide/publish/", "/practices/{offered}/decide/return/")),
    "practice_feedback_answer": ("head-daga", ("/practices/{practice}/feedback/{said}/",)),
    "practice_ask": (HEAD, ("/practices/{practice}/adapt/",)),
    "practice_adaptations": (KARDZHALI, ("/practices/adaptations/",)),
    "practice_adaptation": (KARDZHALI, ("/practices/adaptations/{adaptation}/",)),
    "practice_adaptation_answer": ("head-daga", ("/practices/adaptations/{asked}/answer/",)),
    "practice_adaptation_plan": (KARDZHALI, ("/practices/adaptations/{adaptation}/plan/",)),
    "practice_adaptation_change": (KARDZHALI, ("/practices/adaptations/{adaptation}/change/",)),
    "practice_adaptation_start": (KARDZHALI, ("/practices/adaptations/{adaptation}/start/",)),
    "practice_adaptation_measure": (KARDZHALI, ("/practices/adaptations/{adaptation}/measure/2/",)),
    "practice_adaptation_finish": (KARDZHALI, ("/practices/adaptations/{adaptation}/finish/",)),
    "practice_periods": (KARDZHALI, ("/practices/periods/",)),
    "practice_periods_new": (KARDZHALI, ("/practices/periods/new/",)),
    "practice_period": (KARDZHALI, ("/practices/periods/{award}/", "/practices/periods/{decided}/")),
    "practice_period_round": (KARDZHALI, ("/practices/periods/{award}/round/",)),
    "practice_period_gates": (KARDZHALI, ("/practices/periods/{award}/gates/",)),
    "practice_period_gate": (KARDZHALI, ("/practices/periods/{award}/gates/KRZ-17/",)),
    "practice_period_place": (KARDZHALI, ("/practices/periods/{award}/places/KRZ-10/", "/practices/periods/{award}/places/KRZ-17/")),
    "practice_period_mark": (KARDZHALI, ("/practices/periods/{award}/places/KRZ-10/1.2/",)),
    "practice_period_beside": (KARDZHALI, ("/practices/periods/{award}/beside/",)),
    "practice_period_nomination": (KARDZHALI, ("/practices/periods/{award}/nominations/{nomination}/",)),
    "practice_period_panel": (KARDZHALI, ("/practices/periods/{award}/panel/",)),
    "practice_period_declare": ("evaluator", ("/practices/periods/{award}/declare/",)),
    "practice_period_votes": ("inspector", ("/practices/periods/{decided}/votes/",)),
    "monitoring_home": (LOVECH, ("/monitoring/",)),
    "monitoring_offline": (VISITOR, ("/monitoring/offline/",)),
    "monitoring_ties": (LOVECH, ("/monitoring/ties/",)),
    "monitoring_round_new": (LOVECH, ("/monitoring/rounds/new/",)),
    "monitoring_round": (LOVECH, ("/monitoring/rounds/{visiting}/",)),
    "monitoring_agreement": (KARDZHALI, ("/monitoring/rounds/{visited}/agreement/",)),
    "monitoring_agreement_marks": (KARDZHALI, tuple(f"/monitoring/rounds/{{visited}}/agreement/{one}/" for one in ("3.4", "community"))),
    "monitoring_visit": ("head-daga", ("/monitoring/visits/{visit_daga}/", "/monitoring/visits/{report_daga}/")),
    "monitoring_plan": (LOVECH, ("/monitoring/visits/{visit_planned}/plan/",)),
    "monitoring_excuse": (LOVECH, ("/monitoring/visits/{visit_planned}/excuse/",)),
    "monitoring_mark": (LOVECH, ("/monitoring/visits/{visit_planned}/mark/",)),
    "monitoring_report": (KARDZHALI, ("/monitoring/visits/{settled}/report/",)),
    "monitoring_answer": ("head-daga", ("/monitoring/visits/{report_daga}/answer/",)),
    "monitoring_lock": (LOVECH, ("/monitoring/visits/{visit_planned}/lock/",)),
    "monitoring_consensus": (LOVECH, ("/monitoring/visits/{visit_apart}/consensus/",)),
    "monitoring_programme": (LOVECH, ("/monitoring/visits/{visit_answered}/programme/",)),
    "monitoring_framework_weights": (KARDZHALI, ("/monitoring/frameworks/practice/2/weights/",)),
    "monitoring_indicator": (KARDZHALI, ("/monitoring/frameworks/practice/2/indicators/3.4/", "/monitoring/frameworks/practice/2/indicators/new/")),
    "monitoring_upload": (ADMIN, ("/monitoring/uploads/{table}/",)),
    "monitoring_frameworks": (LOVECH, ("/monitoring/frameworks/",)),
    "monitoring_framework": (LOVECH, ("/monitoring/frameworks/practice/1/", "/monitoring/frameworks/standards/1/", "/monitoring/frameworks/practice/2/")),
    "survey_round_new": (KARDZHALI, ("/survey/rounds/new/",)),
    "survey_round": (LOVECH, ("/survey/rounds/{open}/", "/survey/rounds/{open}/?state=none")),
    "survey_questions": (KARDZHALI, ("/survey/rounds/{closed}/questions/",)),
    "survey_question": (KARDZHALI, ("/survey/rounds/{closed}/questions/crisis.team_ready/",)),
    "survey_question_cards": (KARDZHALI, ("/survey/rounds/{closed}/questions/crisis.team_ready/cards/",)),
    "survey_verify": (LOVECH, ("/survey/cards/{sent}/verify/",)),
    "survey_return": (LOVECH, ("/survey/cards/{sent}/return/",)),
    "survey_excuse": (LOVECH, ("/survey/cards/{untouched}/excuse/",)),
    "survey_contact": (LOVECH, ("/survey/cards/{untouched}/contact/",)),
    "survey_home": (HEAD, ("/survey/",)),
    "survey_card": (HEAD, ("/survey/cards/{untouched}/",)),
    "survey_section": (HEAD, tuple(
        f"/survey/cards/{{untouched}}/sections/{name}/"
        for name in ("service", "provider", "places", "staff", "users", "needs", "crisis")
    )),
    "survey_check": (HEAD, ("/survey/cards/{untouched}/check/",)),
    "survey_receipt": ("head-daga", ("/survey/cards/{daga}/receipt/1/",)),
    "survey_card_upload": (HEAD, ("/survey/cards/{untouched}/upload/",)),
    "survey_templates": (ADMIN, ("/survey/templates/",)),
    "survey_template": (ADMIN, ("{template}",)),
    "register_list": (LOVECH, ("/register/", "/register/?free=1", "/register/?q=щъркел")),
    "register_new": (LOVECH, ("/register/new/",)),
    "register_shared": (LOVECH, ("/register/shared/",)),
    "register_map": (LOVECH, ("/register/map/",)),
    "register_professionals": (LOVECH, ("/register/professionals/",)),
    "register_professional_new": (LOVECH, ("/register/professionals/new/",)),
    "register_organisation": (LOVECH, ("/register/organisations/1/",)),
    "register_import": (LOVECH, ("/register/import/",)),
    "register_types": (ADMIN, ("/register/types/",)),
    "register_type_new": (ADMIN, ("/register/types/new/",)),
    "register_type": (ADMIN, ("/register/types/day_child_dis/",)),
    "register_groups": (ADMIN, ("/register/groups/",)),
    "register_group_new": (ADMIN, ("/register/groups/new/",)),
    "register_group": (ADMIN, ("/register/groups/children_disabilities/",)),
    "register_service": (LOVECH, ("/register/LOV-17/",)),
    "register_edit": (LOVECH, ("/register/LOV-17/edit/",)),
    "register_figures": (LOVECH, ("/register/LOV-17/figures/",)),
    "register_staff": (LOVECH, ("/register/LOV-17/staff/",)),
    "register_close": (LOVECH, ("/register/LOV-17/close/",)),
    "jobs_list": (KARDZHALI, ("/jobs/",)),
    "jobs_job": (KARDZHALI, ("/jobs/{job}/",)),
    "rules_rules": (ADMIN, ("/rules/",)),
    "rules_rule": (ADMIN, ("/rules/{rule}/",)),
    "messages_outbox": (LOVECH, ("/messages/",)),
    "messages_message": (LOVECH, ("/messages/{letter}/",)),
    "messages_obstacle": (LOVECH, ("/messages/obstacle/",)),
    "messages_obstacles": (LOVECH, ("/messages/obstacles/",)),
    "accounts_me": (LOVECH, ("/accounts/",)),
    "accounts_roles": (ADMIN, ("/accounts/roles/",)),
    "accounts_second_factor": (LOVECH, ("/accounts/second-factor/",)),
    "accounts_audit": (DPO, ("/accounts/audit/",)),
    "accounts_forget_second_factor": (ADMIN, ("/accounts/people/{person}/second-factor/",)),
    "accounts_people": (ADMIN, ("/accounts/people/",)),
    "accounts_invite": (ADMIN, ("/accounts/people/invite/",)),
    "accounts_person": (ADMIN, ("/accounts/people/{person}/",)),
    "accounts_give_role": (ADMIN, ("/accounts/people/{person}/role/",)),
    "accounts_posts": (ADMIN, ("/accounts/posts/",)),
    "accounts_post": (ADMIN, ("/accounts/posts/LOV/1/",)),
    "accounts_appoint": (ADMIN, ("/accounts/posts/SOF/1/appoint/",)),
    "accounts_release": (ADMIN, ("/accounts/posts/LOV/1/release/",)),
    "accounts_block": (ADMIN, ("/accounts/people/{person}/block/",)),
    "account_login": (VISITOR, ("/accounts/login/",)),
    "account_logout": (LOVECH, ("/accounts/logout/",)),
    "account_inactive": (VISITOR, ("/accounts/inactive/",)),
    "account_reauthenticate": (OWN, ("/accounts/reauthenticate/",)),
    "account_change_password": (OWN, ("/accounts/password/change/",)),
    "account_reset_password": (VISITOR, ("/accounts/password/reset/",)),
    "account_reset_password_done": (VISITOR, ("/accounts/password/reset/sent/",)),
    "account_reset_password_from_key": (VISITOR, ("/accounts/password/reset/key/1-none/",)),
    "account_reset_password_from_key_done": (VISITOR, ("/accounts/password/reset/done/",)),
    "territory_country": (VISITOR, ("/territory/",)),
    "territory_place": (VISITOR, ("/territory/LOV/", "/territory/LOV18/")),
}  # fmt: skip
"""Name of the address → whose page it is and where to look at it."""

MORE: tuple[tuple[str, str], ...] = (
    (KARDZHALI, "/monitoring/rounds/{by_standards}/"),
    (KARDZHALI, "/monitoring/rounds/{by_standards}/agreement/"),
    (KARDZHALI, "/monitoring/visits/{report_daga}/"),
    (KARDZHALI, "/monitoring/visits/{standards}/mark/"),
    (KARDZHALI, "/monitoring/visits/{apart}/consensus/"),
)
"""Pages that look different in other hands: visits by quality standards beside those by maturity."""

NO_PAGES: dict[str, str] = {
    "casework_change": "the answer to an offered change; its page is the family's",
    "casework_copy_parts": "looked at by test_casework_history, once a copy was asked for",
    "casework_old_file": "looked at by test_casework_history, once a file went to another service",
    "casework_old_file_answer": "the answer of the second person; its page is the old file's",
    "messages_settle": "the answer about a letter; its page is the letter's",
    "casework_transfer_confirm": "the answer of the second person; its page is the sealed file's",
    "casework_toolkit_update": "looked at by test_casework_history, once a newer version waits",
    "casework_toolkit_shipped": "takes a newer shipped version up; its page is the toolkit's",
    "casework_toolkit_restore": "restores an older version; its page is the toolkit's",
    "home_language": "only sets a cookie",
    "casework_find": "answers what is sent; drawn with the rows of the list",
    "casework_unsealing": "only sends",
    "casework_alike": "part of a page",
    "casework_outside": "needs the secret of a link; test_casework_opinions looks at it",
    "casework_outside_draft": "answers the script that saves",
    "casework_receipt": "needs an opinion just sent; test_casework_opinions looks at it",
    "casework_opinion_document": "file",
    "casework_goal_new": "only while a plan is written; opened in the task U13",
    "casework_goal": "only while a plan is written; opened in the task U13",
    "casework_goal_remove": "only sends",
    "casework_goal_merge": "only while two people have saved; opened in the task U15",
    "casework_note_draft": "answers the script that saves",
    "casework_calendar": "file",
    "casework_group_leave": "only sends",
    "casework_paper_file": "file",
    "casework_archive_file": "only sends",
    "casework_outcomes_csv": "file",
    "casework_watched_stop": "only sends",
    "casework_hold_lift": "only sends",
    "casework_relative_end": "only sends",
    "casework_relative_link": "only sends",
    "casework_paper_not_needed": "only sends",
    "casework_enclosure": "file",
    "casework_toolkit_export": "only sends",
    "casework_toolkit_part": "file",
    "casework_form_word": "only sends",
    "search_suggest": "part of a page",
    "reports_download": "file",
    "needs_download": "file",
    "protection_breach_paper": "file",
    "protection_impact_file": "file",
    "protection_record_file": "file",
    "protection_rules_file": "file",
    "practice_paper": "file",
    "practice_feedback": "only sends",
    "practice_offer": "only sends",
    "practice_take_toolkit": "only sends",
    "practice_certificate": "file",
    "practice_nominate_where": "leads on where one award is open; opened in the room's tests",
    "practice_period_fix": "only sends",
    "practice_period_vote": "only while the panel votes; opened in the test of the whole chain",
    "practice_period_decide": "only while the panel votes; opened in the test of the whole chain",
    "practice_period_minutes": "file",
    "monitoring_worker": "script",
    "monitoring_round_close": "only sends",
    "monitoring_tie_end": "only sends",
    "monitoring_sync": "answers the script that sends",
    "monitoring_photo": "only sends",
    "monitoring_photo_remove": "only sends",
    "monitoring_versions": "only while two devices differ; opened in the trial R17",
    "monitoring_check": "only sends",
    "monitoring_paper": "file",
    "monitoring_row_remove": "only sends",
    "monitoring_framework_begin": "only sends",
    "monitoring_framework_xlsx": "file",
    "monitoring_framework_upload": "only sends",
    "survey_missing": "file",
    "survey_draft": "answers the script that saves",
    "survey_card_xlsx": "file",
    "survey_template_xlsx": "file",
    "survey_template_xform": "file",
    "register_export_xlsx": "file",
    "register_export_csv": "file",
    "register_template": "file",
    "jobs_progress": "part of a page",
    "survey_remind": "only sends",
    "survey_close": "only sends",
    "survey_reopen": "only sends",
    "survey_expect": "only sends",
    "jobs_cancel": "only sends",
    "documents_download": "file",
    "messages_take_back": "only sends",
    "accounts_end_session": "only sends",
    "accounts_end_other_sessions": "only sends",
    "accounts_keep_alive": "answers the script that keeps the session",
    "drafts_unsent": "answers the script that keeps words not sent yet",
    "accounts_enter_as": "only sends",
    "accounts_enter_as_key": "only sends",
    "accounts_renew_link": "only sends",
    "accounts_end_role": "only sends",
    "accounts_unblock": "only sends",
    "mfa_download_recovery_codes": "file",
    "mfa_login_webauthn": "answers the script of passkeys",
    "mfa_authenticate": "only in the middle of signing in",
    "accounts_join": "needs the secret of an invitation",
    "survey_merge": "only while two people have saved",
    "mfa_index": "the library's own list; ours is accounts_me",
    "mfa_deactivate_totp": "needs a set-up second factor",
    "mfa_view_recovery_codes": "needs a set-up second factor",
    "mfa_generate_recovery_codes": "needs a set-up second factor",
    "mfa_list_webauthn": "needs a set-up second factor",
    "mfa_add_webauthn": "needs a password shown just now; test_passkey looks at it",
    "mfa_remove_webauthn": "needs a passkey",
    "mfa_reauthenticate_webauthn": "needs a passkey",
    "register_import_report": "needs an import that waits; test_forms makes one",
    "accounts_audit_csv": "file",
    "register_professional": "the form of register_professional_new, filled",
    "mfa_reauthenticate": "the demonstration asks for no second factor",
    "mfa_activate_totp": "the demonstration asks for no second factor",
    "health": "answers monitoring",
}
"""Name of the address → why nobody reads it as a page."""


@dataclass(frozen=True)
class Look:
    """One address as one person."""

    person: str
    path: str


def places(house: House) -> dict[str, str]:
    """What stands where in this demonstration."""
    analysis = house.one("select max(id) from needs_analysis")
    form, version = house.rows(
        "select t.form_id, v.version from survey_templateversion v join survey_template t on t.id = v.template_id"
    )[0]
    return {
        "analysis": str(analysis),
        "first_figure": f"/analyses/{analysis}/rows/?cell=0.0.0",
        "first_chapter": f"/analyses/{analysis}/chapters/summary/",
        "endangered": str(
            house.one(
                "select f.code from casework_clientfile f join casework_crisis c on c.file_id = f.id where c.closed_at is null"
            )
        ),
        "group": str(house.one("select code from casework_group")),
        "session": str(house.one("select max(id) from casework_groupsession")),
        "visit": str(house.one("select min(id) from casework_visit")),
        "lead": str(house.one("select lead_id from casework_clientfile order by id")),
        "open": str(house.one("select code from survey_round where closed_at is null")),
        "closed": str(house.one("select code from survey_round where closed_at is not null")),
        "file": str(house.one("select code from casework_clientfile order by id")),
        "assessed": str(
            house.one(
                "select f.code from casework_clientfile f join casework_assessment a on a.file_id = f.id where a.finished_at is null"
            )
        ),
        "opening": str(house.one("select min(id) from casework_emergency")),
        "unsigned": str(
            house.one(
                "select f.code from casework_clientfile f join casework_contract c on c.file_id = f.id where c.signed_on is null"
            )
        ),
        "transfer": str(house.one("select min(id) from casework_transfer")),
        "toolkit": str(
            house.one(
                "select t.id from casework_toolkit t join register_service s on s.id = t.service_id where s.code = 'LOV-17'"
            )
        ),
        "filled": str(house.one("select min(id) from casework_toolkitanswers")),
        "alert": str(house.one("select min(id) from casework_alert")),
        "controller": str(house.one("select organisation_id from register_service where code = 'LOV-17'")),
        "breach": str(house.one("select code from protection_breach where closed_at is null")),
        "closed_breach": str(house.one("select code from protection_breach where closed_at is not null")),
        "erasure": str(house.one("select min(id) from casework_erasure")),
        "list": str(house.one("select min(id) from casework_bulkexport")),
        **{
            name: str(
                house.one(
                    f"select min(id) from casework_{table} where file_id = (select min(id) from casework_clientfile){more}"
                )
            )
            for name, table, more in (
                ("relation", "relation", ""),
                ("agency", "agency", ""),
                ("enclosure", "enclosure", ""),
                ("intake", "event", " and stage = 'intake'"),
                ("consent", "consent", " and withdrawn_on is null"),
            )
        },
        "sealed": str(house.one("select code from casework_clientfile where sealed")),
        "goal": str(house.one("select min(id) from casework_goal")),
        "note": str(house.one("select id from casework_event where kind = 'call' order by id")),
        "practice": str(
            house.one("select code from practice_practice where stage = 'published' order by id")
        ),
        "offered": str(house.one("select code from practice_practice where stage = 'offered'")),
        "said": str(house.one("select min(id) from practice_feedback")),
        "adaptation": str(house.one("select code from practice_adaptation where stage = 'running'")),
        "award": str(house.one("select code from practice_period where stage = 'nominations'")),
        "decided": str(house.one("select code from practice_period where stage = 'decided'")),
        "nomination": str(house.one("select min(id) from practice_nomination where state = 'new'")),
        "visiting": str(house.one("select code from monitoring_round where closed_at is null order by id")),
        "visited": str(
            house.one("select code from monitoring_round where closed_at is not null order by id")
        ),
        "visit_daga": str(
            house.one(
                "select v.code from monitoring_visit v join register_service s on s.id = v.service_id where s.code = 'KRZ-10' order by v.id"
            )
        ),
        "report_daga": str(
            house.one(
                "select v.code from monitoring_visit v join register_service s on s.id = v.service_id where s.code = 'KRZ-10' order by v.id desc"
            )
        ),
        "settled": str(
            house.one("select code from monitoring_visit where stage = 'consensus' order by id desc")
        ),
        "standards": str(
            house.one("select code from monitoring_visit where stage = 'planned' order by id desc")
        ),
        "apart": str(house.one("select code from monitoring_visit where stage = 'locked' order by id desc")),
        "by_standards": str(
            house.one("select code from monitoring_round where closed_at is null order by id desc")
        ),
        "table": str(house.one("select max(id) from monitoring_upload")),
        "asked": str(house.one("select code from practice_adaptation where stage = 'asked'")),
        "visit_planned": str(
            house.one("select code from monitoring_visit where stage = 'planned' order by id")
        ),
        "visit_apart": str(house.one("select code from monitoring_visit where stage = 'locked' order by id")),
        "visit_answered": str(
            house.one("select code from monitoring_visit where stage = 'answered' order by id")
        ),
        "sent": house.card("LOV-18"),
        "untouched": house.card("LOV-17"),
        "daga": house.card("KRZ-10"),
        "template": f"/survey/templates/{quote(form)}/{quote(version)}/",
        "job": str(house.one("select max(id) from jobs_job")),
        "rule": str(house.one("select code from rules_rule where code not like '%/%' order by id")),
        "letter": str(house.one("select max(id) from outbox_message where path like 'BG/LOV%'")),
        "person": str(house.one("select id from accounts_user where email like 'worker-troyan@%'")),
    }


def looks(house: House) -> list[Look]:
    """All addresses of all pages, each as the person whose page it is."""
    where = places(house)
    every = [(person, path) for person, paths in PAGES.values() for path in paths]
    return [Look(person, path.format(**where)) for person, path in (*every, *MORE)]
