"""Every address of Opora with the arguments of real objects, straight from the resolver."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from opora.care.casework.models import (
    Agency,
    Alert,
    ArchiveOpening,
    Bait,
    BulkExport,
    ChangeOffer,
    ClientFile,
    Consent,
    CopyAsked,
    Crisis,
    Emergency,
    Enclosure,
    Erasure,
    Event,
    FileArchive,
    Goal,
    Group,
    GroupMember,
    GroupSession,
    Hold,
    Opinion,
    OpinionRequest,
    PaperAsked,
    Relation,
    SealOpening,
    Toolkit,
    ToolkitAnswers,
    ToolkitPart,
    ToolkitVersion,
    Transfer,
    Visit,
)
from opora.care.protection.models import Breach, RulesEdition
from opora.desk.reports.tables import measures
from opora.evidence.monitoring import models as visits
from opora.evidence.survey import checking, filling, sheets, statistics
from opora.evidence.survey.models import Card, Round, Submission, TemplateVersion
from opora.foundation.accounts.models import CoordinatorPost, Grant, User
from opora.foundation.documents.models import Attachment
from opora.foundation.jobs.models import Job
from opora.foundation.messages.models import Message
from opora.foundation.rules.models import Rule
from opora.improvement.practice import models as practices
from opora.planning.needs.models import Analysis
from opora.planning.needs.reckoning import result_from_json
from opora.register.models import (
    Organisation,
    Professional,
    RegisterImport,
    Service,
    ServiceType,
    TargetGroup,
)

LEAVES = frozenset({"account_logout"})
"""Addresses whose GET ends the session of whoever walks, were it to do anything."""
ROUND_ADDRESSES = (
    "survey_round",
    "survey_remind",
    "survey_close",
    "survey_reopen",
    "survey_missing",
    "survey_questions",
)
PERIOD_ADDRESSES = ("practice_period", "practice_period_votes", "practice_period_gates")
CANDIDATE_ADDRESSES = ("practice_period_gate", "practice_period_place", "practice_period_vote")
VISIT_ROUND_ADDRESSES = ("monitoring_round", "monitoring_round_close", "monitoring_agreement")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every pattern of the house."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def arguments_of(pattern: URLPattern) -> tuple[str, ...]:
    return tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)


def paths(limit: int = 1_000) -> list[tuple[str, str]]:
    """(name, path) of every address; those with arguments once for each of the first `limit` objects."""
    known = objects(limit)
    found = []
    for pattern in patterns():
        for given in _givens(pattern, known):
            try:
                found.append((pattern.name or "", reverse(pattern.name or "", kwargs=given)))
            except NoReverseMatch as error:
                raise AssertionError(f"no sample arguments for {pattern.name}: {error}") from error
    return found


def _givens(pattern: URLPattern, known: dict[str, list[Any]]) -> list[dict[str, Any]]:
    names = arguments_of(pattern)
    if not names:
        return [{}]
    whole = known.get(pattern.name or "")
    if whole is None:
        starts = [key for key in known if (pattern.name or "").startswith(key) and key != ""]
        if not starts:
            raise AssertionError(f"tests/trust/addresses.py knows no objects for {pattern.name} {names}")
        whole = known[max(starts, key=len)]
    return [dict(zip(names, one if isinstance(one, tuple) else (one,), strict=True)) for one in whole]


def objects(limit: int) -> dict[str, list[Any]]:
    """Arguments by the name of an address or its beginning; tuples in the order of the address."""

    def of(model: Any, *fields: str) -> list[Any]:
        rows = model.objects.order_by("pk").values_list(*fields)[:limit]
        return [row[0] if len(fields) == 1 else tuple(row) for row in rows]

    def times(left: list[Any], right: list[Any]) -> list[tuple[Any, ...]]:
        return list(itertools.product(left, right))

    cards, rounds, analyses, services = (
        of(Card, "code"),
        of(Round, "code"),
        of(Analysis, "pk"),
        of(Service, "code"),
    )
    people, posts = of(User, "pk"), of(CoordinatorPost, "region__code", "number")
    questions = [(code, path) for code in rounds for path in questions_of(code)[:limit]]
    return {
        "casework_": of(ClientFile, "code"),
        "casework_calendar": ["x"],
        "casework_change": of(ChangeOffer, "file__code", "pk"),
        "casework_crisis": of(Crisis, "file__code", "number"),
        "casework_group": of(Group, "code"),
        "casework_group_held": of(GroupSession, "group__code", "pk"),
        "casework_group_leave": of(GroupMember, "group__code", "pk"),
        "casework_visit": of(Visit, "pk"),
        "casework_visit_new": of(ClientFile, "code"),
        "casework_opening": of(Emergency, "pk"),
        "casework_alert": of(Alert, "pk"),
        "casework_watched_stop": of(Bait, "pk"),
        "casework_erasure": of(Erasure, "pk"),
        "casework_list": of(BulkExport, "pk"),
        "casework_list_new": services,
        "casework_hold_lift": of(Hold, "file__code", "pk"),
        "casework_archive": of(ClientFile, "code"),
        "casework_archive_file": of(FileArchive, "file__code", "pk"),
        "casework_unsealing": of(SealOpening, "file__code", "pk"),
        "casework_old_file_answer": of(ArchiveOpening, "file__code", "pk") or [("Д-2026-000", 0)],
        "casework_outside": ["x"],
        "casework_asked": of(OpinionRequest, "file__code", "number"),
        "casework_opinion_document": of(Opinion, "file__code", "number"),
        "casework_goal_new": [(code, "social") for code in of(ClientFile, "code")],
        "casework_goal": of(Goal, "plan__file__code", "pk"),
        "casework_correct": list(
            Event.objects.filter(kind="call").order_by("pk").values_list("file__code", "pk")
        )[:limit],
        "casework_relative": of(Relation, "file__code", "pk"),
        "casework_relative_new": of(ClientFile, "code"),
        "casework_agency": of(Agency, "file__code", "pk"),
        "casework_agency_new": of(ClientFile, "code"),
        "casework_withdrawal": of(Consent, "file__code", "pk"),
        "casework_enclosure": of(Enclosure, "file__code", "pk"),
        "casework_enclosures": of(ClientFile, "code"),
        "casework_paper_asked": of(ClientFile, "code"),
        "casework_paper_not_needed": of(PaperAsked, "file__code", "pk"),
        "casework_presence_note": list(
            Event.objects.filter(stage="intake").order_by("pk").values_list("file__code", "pk")
        )[:limit],
        "casework_paper": times(of(ClientFile, "code"), ["plan", "family", "file", "opinion-1", "team-2"]),
        "casework_papers": of(ClientFile, "code"),
        "casework_paper_file": [(code, "file", "docx") for code in of(ClientFile, "code")],
        "casework_transfer_answer": of(Transfer, "pk"),
        "casework_copy_parts": of(CopyAsked, "file__code", "pk"),
        "casework_transfer_confirm": of(Transfer, "file__code", "pk"),
        "casework_outcome_rows": [("expected", "yes"), ("home", "no")][:limit],
        "casework_toolkit": of(Toolkit, "pk"),
        "casework_toolkit_reword": times(of(Toolkit, "pk"), ["assessment", "plan"]),
        "casework_toolkit_restore": of(ToolkitVersion, "toolkit", "number"),
        "casework_toolkit_part": of(ToolkitPart, "version__toolkit", "version__number", "name"),
        "casework_form": of(ToolkitAnswers, "file__code", "pk"),
        "casework_forms": of(ClientFile, "code"),
        "directory_": services,
        "reports_download": times([code for code, _ in measures()][:limit], ["csv", "xlsx", "json"]),
        "monitoring_": of(visits.Visit, "code"),
        **dict.fromkeys(VISIT_ROUND_ADDRESSES, of(visits.Round, "code")),
        "monitoring_agreement_marks": [(code, "1.1") for code in of(visits.Round, "code")],
        "monitoring_tie_end": of(visits.Tie, "pk"),
        "monitoring_photo_remove": of(visits.Photo, "observer__visit__code", "pk"),
        "monitoring_paper": [(code, "docx") for code in of(visits.Visit, "code")],
        "monitoring_row_remove": of(visits.ImprovementRow, "programme__visit__code", "pk"),
        "monitoring_framework": of(visits.FrameworkVersion, "framework__code", "number"),
        "monitoring_framework_begin": of(visits.Framework, "code"),
        "monitoring_indicator": [
            (*pair, "1.1") for pair in of(visits.FrameworkVersion, "framework__code", "number")
        ],
        "monitoring_upload": of(visits.Upload, "pk"),
        "protection_": of(Breach, "code"),
        "protection_impact": of(Organisation, "pk"),
        "protection_impact_file": [(pk, "docx") for pk in of(Organisation, "pk")],
        "protection_impact_write": [
            (pk, key) for pk in of(Organisation, "pk") for key in ("need", "officer")
        ],
        "protection_rules_file": [(number, "docx") for number in of(RulesEdition, "number")],
        "protection_record_file": ["docx", "csv"],
        "protection_breach_paper": [
            (code, kind, "docx") for code in of(Breach, "code") for kind in ("commission", "people")
        ],
        "practice_": of(practices.Practice, "code"),
        "practice_adaptation": of(practices.Adaptation, "code"),
        "practice_adaptation_measure": times(of(practices.Adaptation, "code"), [1]),
        "practice_take_toolkit": [
            (code, pk)
            for code, practice in of(practices.Adaptation, "code", "practice")
            for (pk,) in practices.Tool.objects.filter(practice=practice)
            .exclude(toolkit=None)
            .values_list("pk")
        ],
        "practice_paper": times(of(practices.Practice, "code"), ["docx"]),
        "practice_feedback_answer": of(practices.Feedback, "practice__code", "pk"),
        "practice_decide": times(of(practices.Practice, "code"), ["publish", "return", "withdraw"]),
        "practice_certificate": of(practices.Award, "pk"),
        "practice_nominate": of(practices.Period, "code"),
        **dict.fromkeys(PERIOD_ADDRESSES, of(practices.Period, "code")),
        **dict.fromkeys(CANDIDATE_ADDRESSES, of(practices.Nomination, "period__code", "service__code")),
        "practice_period_mark": [
            (*pair, "1.1") for pair in of(practices.Nomination, "period__code", "service__code")
        ],
        "practice_period_nomination": of(practices.Nomination, "period__code", "pk"),
        "practice_period_minutes": times(of(practices.Period, "code"), ["docx"]),
        "needs_": analyses,
        "needs_chapter": [(pk, key) for pk in analyses for key in chapters_of(pk)[:limit]],
        "needs_download": times(analyses, ["docx", "pdf", "xlsx", "json"]),
        "survey_": cards,
        "survey_section": [(code, name) for code in cards for name in sections_of(code)[:limit]],
        "survey_receipt": of(Submission, "card__code", "number"),
        "survey_template": of(TemplateVersion, "template__form_id", "version"),
        **dict.fromkeys(ROUND_ADDRESSES, rounds),
        "survey_question": questions,
        "survey_question_cards": questions,
        "register_": services,
        "register_organisation": of(Organisation, "pk"),
        "register_import_report": of(RegisterImport, "pk"),
        "register_type": of(ServiceType, "code"),
        "register_group": of(TargetGroup, "code"),
        "register_professional": of(Professional, "pk"),
        "jobs_": of(Job, "pk"),
        "documents_": of(Attachment, "token"),
        "rules_rule": of(Rule, "code"),
        "messages_message": of(Message, "pk"),
        "messages_settle": of(Message, "pk"),
        "messages_take_back": of(Message, "batch"),
        "territory_place": ["LOV", "LOV18", "KRZ", "43952"][:limit],
        "accounts_end_session": ["x"],
        "accounts_join": ["x"],
        "accounts_enter_as_key": ["coordinator-lovech"],
        "accounts_": people,
        "accounts_end_role": of(Grant, "user_id", "pk"),
        "accounts_post": posts,
        "accounts_appoint": posts,
        "accounts_release": posts,
        "account_reset_password_from_key": [("1", "set-password")],
        "mfa_remove_webauthn": [1],
    }


def chapters_of(pk: int) -> list[str]:
    """Keys of an analysis' chapters."""
    return [chapter.key for chapter in result_from_json(Analysis.objects.get(pk=pk).result).chapters]


def sections_of(code: str) -> list[str]:
    """Names of a card's sections, as the filler shows them."""
    card = Card.objects.select_related("round__template_version").get(code=code)
    drawn = checking.page(sheets.form_of(card.round.template_version), card.answers)
    return [one.path or filling.GENERAL for one in drawn.result.sections]


def questions_of(code: str) -> list[str]:
    """Paths of a round's questions."""
    round_ = Round.objects.select_related("template_version").get(code=code)
    return [asked.path for asked in statistics.questions(round_)]
