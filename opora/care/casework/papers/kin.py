"""The family on paper: genogram, ecomap, and who stands in them."""

from __future__ import annotations

from opora.care.casework import kinship
from opora.care.casework.family_view import tie_words, ties
from opora.care.casework.models import Person, Relation
from opora.care.casework.papers.book import Block, Drawing, Facts, Part, Text, Writer
from opora.care.casework.queries_papers import Source
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Picture, ecomap, genogram


def kin_parts(source: Source, w: Writer) -> list[Part]:
    """Both pictures with the same facts below each."""
    near = kinship.current(source.relations)
    blocks: list[Block] = [_genogram(source, w)]
    blocks.append(Facts(tuple(_person(one, w) for one in near)) if near else Text("Още никой не е записан."))
    return [Part("Семейна карта", tuple(blocks)), *_around(source, w)]


def _around(source: Source, w: Writer) -> list[Part]:
    def name(person: Person) -> str:
        return w.name(person.name)

    around = ties(source.relations, source.agencies, name, w.text)
    if not around:
        return []
    picture = ecomap("Екокарта", name(source.file.person), around)
    rows = tuple(
        (
            w.text(one.name),
            "\n".join(filter(None, [tie_words(one), w.text(one.note), w.text(one.contact)])) or "–",
        )
        for one in source.agencies
    )
    return [Part("Екокарта", (_drawing(picture), *([Facts(rows)] if rows else [])))]


def _genogram(source: Source, w: Writer) -> Drawing:
    people, pairs = kinship.drawn(source.file.person, source.relations, lambda person: w.name(person.name))
    return _drawing(genogram("Семейна карта", people, pairs))


def _drawing(picture: Picture) -> Drawing:
    return Drawing(picture.key, picture.svg, picture.narrow, picture.description)


def _person(one: Relation, w: Writer) -> tuple[str, str]:
    """„Майка“ and everything known of her that the recipient may read."""
    kind = kinship.called(one)
    told = [
        w.name(one.person.full_name),
        ", ".join(filter(None, [kinship.years(one.person, kinship.sex_of(one)), _born(one.person, w)])),
        f"роднина чрез {w.name(one.through.person.name)}" if one.through else "",
        ", ".join(words for yes, words in _marks(one) if yes),
        f"връзка: {tie_words(one)}" if tie_words(one) else "",
        w.text(one.note),
    ]
    return kind[:1].upper() + kind[1:], "\n".join(filter(None, told))


def _born(person: Person, w: Writer) -> str:
    hidden = w.hiding.on and w.name(person.name) != person.name
    return f"р. {formats.date(person.born)}" if person.born and not hidden else ""


def _marks(one: Relation) -> list[tuple[bool, str]]:
    return [
        (one.lives_with, "живее с детето"),
        (one.decides, "законен представител"),
        (one.separated, "разделени"),
    ]
