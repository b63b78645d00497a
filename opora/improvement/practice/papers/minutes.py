"""The minutes of a panel with its decision, and the certificate of an award."""

from __future__ import annotations

from django.utils import translation

from opora.foundation.accounts.actors import Actor
from opora.foundation.documents import render
from opora.foundation.documents.book import (
    Block,
    Book,
    Heading,
    Part,
    Signatures,
    Table,
    Text,
    clean,
    facts,
    table,
)
from opora.foundation.ui import formats
from opora.improvement.practice import board_view, grouping, presenters, queries_selection, stages
from opora.improvement.practice.board_view import Section
from opora.improvement.practice.models import Award, PanelMember, Vote
from opora.improvement.practice.papers.making import printed_by
from opora.improvement.practice.queries_board import Board

CHOICES = dict(Vote.CHOICES)


def book(actor: Actor, board: Board) -> Book:
    """Before the decision the figures are those of now; after it those the panel decided on."""
    with translation.override("bg"):
        period = board.period
        lead = [period.title, f"Област {period.region.name}, {period.year} г."]
        if period.stage != stages.DECIDED:
            lead.append("Чернова: комисията още не е решила.")
        panel = list(period.panel.prefetch_related("conflicts__service"))
        parts = [
            Part("За какво е протоколът", (_about(board),)),
            Part("Комисия и обявени връзки", (_panel(panel),)),
            Part("Условия", tuple(_gates(board))),
            Part("Кратък списък", tuple(_ranking(board))),
            Part("Гласуване", tuple(_votes(board))),
            Part("Решение", tuple(_decision(board))),
            Part(
                "Подписи",
                (Signatures(tuple((str(m.get_part_display()).capitalize(), m.name) for m in panel)),),
            ),
        ]
        return Book(
            period.code, "Протокол на комисията", tuple(map(clean, lead)), tuple(parts), printed_by(actor)
        )


def _about(board: Board) -> Block:
    period, agreed = board.period, board.agreed
    when = formats.date(period.decided_at) if period.decided_at else ""
    return facts([
        ("Награда", period.code), ("Кръг посещения", period.round_code), ("Списъкът е подаден", formats.date(period.fixed_at) if period.fixed_at else ""),
        ("Решено на", when), ("Най-много награди", agreed.places), ("Кандидати", len(board.candidates)),
        ("Номинации", period.nominations.count()),
    ])  # fmt: skip


def _panel(panel: list[PanelMember]) -> Table:
    rows = []
    for member in panel:
        ties = "; ".join(f"{one.service.name}: {one.what}" for one in member.conflicts.all())
        said = ties or ("няма" if member.declared_at else "още не е обявил")
        rows.append((member.name, member.get_part_display(), member.organisation, said))
    return table("Членове", ("Име", "Като какъв", "Организация", "Връзка с кандидат"), rows)


def _gates(board: Board) -> list[Block]:
    told = "Класират се само услуги, за които всичко е изпълнено: картата е върната, посетени са от двама наблюдатели и нямат отворено предписание."
    rows = [
        (one.service.name, "; ".join(f"{g.title.lower()}: {g.found}" for g in one.gates if not g.passed))
        for one in board.outside
    ]
    passed = len(board.candidates) - len(board.outside)
    found: list[Block] = [Text(told), Text(f"Минават условията {passed} от {len(board.candidates)}.")]
    return found + ([table("Не се класират", ("Услуга", "Какво липсва"), rows)] if rows else [])


def _ranking(board: Board) -> list[Block]:
    told = (
        f"Никой не може да каже кои тежести на показателите са верните. Затова са сравнени {formats.number(board.ranking.samples)} "
        f"правдоподобни: всяка тежест е с до {formats.percent(board.agreed.spread)} по-голяма или по-малка от приетата, а грешката на "
        "наблюдателите е взета от разликите между двамата. Равни по закръглен дял стоят на общо място."
    )
    found: list[Block] = [Text(told), *_divided(board)]
    found += [_table(section) for section in board_view.sections(board)]
    return [*found, *_small(board), *_reasons(board)]


def _divided(board: Board) -> list[Block]:
    """How services were divided before they were ranked."""
    if not board.grouping:
        return []
    how = dict(grouping.GROUPINGS)[board.grouping]
    return [
        Text(
            f"Услугите са разделени {how}. Всяка се сравнява само със своята група, "
            f"а група с по-малко от {board.least} услуги с изпълнени условия не се класира."
        )
    ]


def _table(section: Section) -> Table:
    some = section.places > 1
    heads = ["Услуга", "Място", "Средна степен", "Първа", *([f"Сред първите {section.places}"] if some else []), "В 9 от 10 случая"]  # fmt: skip
    rows = [
        (line.name, line.place, line.score, line.first, *((line.among,) if some else ()), line.between)
        for line in section.lines
    ]
    numeric = tuple(range(1, len(heads)))
    return table(f"Класиране: {section.kind.title}" if section.kind.title else "Класиране", heads, rows, numeric=numeric)  # fmt: skip


def _small(board: Board) -> list[Block]:
    """Groups in which nobody was ranked; before the decision those of now, afterwards who passed and has no place."""
    names = board_view.small(board)
    return [Heading("Групи, които са малки за класиране"), *(Text(clean(one), item=True) for one in names)] if names else []  # fmt: skip


def _reasons(board: Board) -> list[Block]:
    """The engine's sentences about the listed ones; only while the marks are those the list stands on."""
    if board.period.stage == stages.DECIDED and board.moved:
        return []
    found: list[Block] = []
    for place in board.ranking.places:
        if place.listed:
            found += [] if found else [Heading("Защо тези услуги са в краткия списък")]
            found.append(Heading(board.by_code[place.key].service.name))
            found += [Text(clean(one), item=True) for one in board.reasons(place.key)]
    return found


def _votes(board: Board) -> list[Block]:
    counts = queries_selection.counts(board.period)
    found: list[Block] = []
    for one in board.votable():
        count = counts.get(one.service.code)
        if count is None:
            found += [Heading(one.service.name), Text("Още никой не е гласувал.")]
            continue
        rows = [(v.member.name, CHOICES[v.choice], v.why) for v in count.votes]
        total = f"За {count.of('for')}, против {count.of('against')}, въздържали се {count.of('abstain')}."
        group = board.kinds[one.service.code].title
        found += [
            Heading(f"{one.service.name} ({group})" if group else one.service.name),
            Text(total),
            table("Гласове", ("Член", "Глас", "Защо"), rows),
        ]
    return found or [Text("Списъкът още не е при комисията.")]


def _decision(board: Board) -> list[Block]:
    period = board.period
    if period.stage != stages.DECIDED:
        return [Text("Комисията още не е решила.")]
    found: list[Block] = [Text(clean(period.decision))]
    if period.departs_why:
        found.append(Text(clean(f"Решението се отклонява от краткия списък: {period.departs_why}")))
    divided = bool(board.grouping)
    rows = [
        (one.number, one.service.name, *((board.kinds[one.service.code].title,) if divided else ()), one.practice.title if one.practice else "")
        for one in period.given.select_related("service", "practice")
    ]  # fmt: skip
    heads = ("Номер", "Услуга", *(("Група",) if divided else ()), "Практика")
    return [*found, table("Наградени", heads, rows)]


def certificate(award: Award) -> bytes:
    """One page to hang on the wall."""
    with translation.override("bg"):
        chair = award.period.panel.filter(part="chair").first()
        context = {
            "award": award, "where": presenters.where(award.service), "day": formats.date(award.at),
            "chair": chair.name if chair else "", "printed": "", "group": award_group(award),
        }  # fmt: skip
        return render.pdf("practice/paper/certificate.html", context)


def award_group(award: Award) -> str:
    """In which group the awarded service was ranked; empty where services were not divided."""
    if not award.period.grouping:
        return ""
    return grouping.kind_of(award.service, award.period.grouping).title
