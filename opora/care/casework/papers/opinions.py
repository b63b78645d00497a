"""Opinions on paper: those for the file for anybody a copy is made for, the team's own for the service alone."""

from __future__ import annotations

from opora.care.casework.models import Opinion, OpinionPart
from opora.care.casework.papers.book import Block, Part, Text, Writer
from opora.care.casework.papers.recipients import SERVICE, Recipient
from opora.care.casework.queries_papers import Source
from opora.foundation.ui import formats

OPINION, TEAM = "opinion", "team"


def code_of(one: Opinion) -> str:
    """What stands in the address of its paper: `opinion-2`, `team-3`."""
    return f"{TEAM if one.team_only else OPINION}-{one.number}"


def number_in(code: str) -> int | None:
    """The number in such an address; none in others."""
    kind, _dash, number = code.partition("-")
    return int(number) if kind in (OPINION, TEAM) and number.isascii() and number.isdigit() else None


def asked_for(source: Source, code: str, recipient: Recipient) -> Opinion:
    """The opinion of that code. KeyError where there is none, or it is the team's own and the copy is for others."""
    found = next((one for one in source.opinions if code_of(one) == code), None)
    if found is None or (found.team_only and recipient.kind != SERVICE):
        raise KeyError(code)
    return found


def opinion_part(one: Opinion, w: Writer) -> Part:
    """Who, when, to which question; the answer; each domain with its level."""
    rows = [
        ("Автор", w.name(one.by)), ("Професия", w.text(one.profession)), ("Организация", w.text(one.organisation)),
        ("Дата", formats.date(one.at)),
    ]  # fmt: skip
    rows = [row for row in rows if row[1] or row[0] == "Автор"]
    if one.request is not None:
        rows.append(("Въпрос", w.text(one.request.question)))
    blocks: list[Block] = [w.facts(rows)]
    blocks += [Text(w.text(one.text))] if one.text else []
    levels = [
        (str(part.get_domain_display()), "\n".join(filter(None, (_level(part), w.text(part.text)))))
        for part in one.parts.all()
    ]
    blocks += [w.facts(levels, "Области")] if levels else []
    if one.document:
        blocks.append(Text(f"Становището е получено и като документ. Контролна сума {one.digest[:16]}."))
    return Part(f"Становище {one.receipt}", tuple(blocks))


def opinions_in_file(source: Source, recipient: Recipient, w: Writer) -> list[Part]:
    """Those for the file. That there are others is said on the service's own copy only."""
    found = [opinion_part(one, w) for one in reversed(source.opinions) if not one.team_only]
    hidden = sum(one.team_only for one in source.opinions)
    if hidden and recipient.kind == SERVICE:
        told = f"Становища само за екипа, които не влизат тук: {hidden}. Печатат се отделно, за услугата."
        found.append(Part("Становища само за екипа", (Text(told),)))
    return found


def _level(part: OpinionPart) -> str:
    return "" if part.need is None else f"Степен: {part.get_need_display()}"
