"""A framework's content as values: read from the database, a table of facts, a page or a spreadsheet, and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from opora.engines.scoring import Framework as Tree
from opora.evidence.monitoring.models import FrameworkVersion, Indicator
from opora.foundation.core.errors import ActionRefused

INDEX = "index"
WORDS = ("title", "question", "evidence", "required", "legal_ref")
LONGEST = {"title": 200, "legal_ref": 120}
MOST_SIGNS = 400


@dataclass(frozen=True)
class Item:
    """One indicator with the words of its levels, by level."""

    domain: str
    code: str
    title: str
    question: str = ""
    evidence: str = ""
    required: str = ""
    legal_ref: str = ""
    weight: Decimal = Decimal(1)
    anchors: tuple[tuple[int, str], ...] = ()

    @property
    def words(self) -> dict[int, str]:
        """Level → what it looks like."""
        return dict(self.anchors)


@dataclass(frozen=True)
class Group:
    """One domain."""

    code: str
    title: str
    title_en: str = ""
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Content:
    """Domains and indicators in their order."""

    groups: tuple[Group, ...]
    items: tuple[Item, ...]

    def of(self, group: str) -> tuple[Item, ...]:
        """Indicators of a domain."""
        return tuple(item for item in self.items if item.domain == group)


def of_version(version: FrameworkVersion) -> Content:
    """What stands in the database."""
    groups, items = [], []
    for domain in version.domains.prefetch_related("indicators__anchors"):
        groups.append(Group(domain.code, domain.title, domain.title_en, domain.weight))
        items += [_item(domain.code, one) for one in domain.indicators.all()]
    return Content(tuple(groups), tuple(items))


def _item(domain: str, one: Indicator) -> Item:
    return Item(
        domain, one.code, one.title, one.question, one.evidence, one.required, one.legal_ref, one.weight,
        tuple((anchor.level, anchor.text) for anchor in one.anchors.all()),
    )  # fmt: skip


def of_rows(groups: Iterable[dict[str, str]], rows: Iterable[dict[str, str]]) -> Content:
    """From tables of text, as the files of facts and spreadsheets hold them."""
    made = tuple(
        Group(row["code"], row["title"], row.get("title_en", ""), number(row.get("weight", "")))
        for row in groups
    )
    return Content(made, tuple(_from_row(row) for row in rows))


def _from_row(row: dict[str, str]) -> Item:
    anchors = tuple(
        (level, row[f"level_{level}"].strip()) for level in range(5) if row.get(f"level_{level}", "").strip()
    )
    words = {name: row.get(name, "").strip() for name in ("question", "evidence", "required", "legal_ref")}
    return Item(
        row["domain"].strip(), row["code"].strip(), row["title"].strip(), weight=number(row.get("weight", "")),
        anchors=anchors, **words,
    )  # fmt: skip


def number(text: str) -> Decimal:
    """A weight as people write it; 1 where nothing is written. Raises ActionRefused."""
    try:
        found = Decimal((text.strip() or "1").replace(",", "."))
    except InvalidOperation:
        raise ActionRefused(_("Тежестта „%(text)s“ не е число.") % {"text": text}) from None
    if not 0 <= found <= 100:
        raise ActionRefused(_("Тежестта е число от 0 до 100."))
    return round(found, 2)


def complaints(new: Content, levels: tuple[int, ...], *, whole: bool) -> list[str]:
    """What keeps a content from being kept, or with `whole` from being published; empty when nothing does."""
    found = []
    counts = Counter(item.code for item in new.items)
    found += [_("Показател %(code)s стои два пъти.") % {"code": c} for c, n in counts.items() if n > 1]
    known = {group.code for group in new.groups}
    found += [
        _("Показател %(code)s е в област, която я няма.") % {"code": item.code}
        for item in new.items if item.domain not in known
    ]  # fmt: skip
    for item in new.items:
        found += _wrong_in(item, levels, whole)
    if whole and not any(item.weight for item in new.items):
        found.append(_("Поне един показател трябва да има тежест над 0."))
    return found


def _wrong_in(item: Item, levels: tuple[int, ...], whole: bool) -> list[str]:
    found, values = [], {"code": item.code}
    if not item.code or not item.title:
        found.append(_("Показател без номер или без заглавие."))
    long = [getattr(item, n) for n in WORDS if len(getattr(item, n)) > LONGEST.get(n, MOST_SIGNS)]
    if long or len(item.code) > 20 or any(len(text) > MOST_SIGNS for _level, text in item.anchors):
        found.append(_("Показател %(code)s има по-дълъг текст от разрешеното.") % values)
    if any(level not in levels for level, _text in item.anchors):
        found.append(_("Показател %(code)s има степен извън скалата.") % values)
    if whole and set(item.words) != set(levels):
        found.append(_("Показател %(code)s няма думи за всяка степен.") % values)
    return found


def with_item(old: Content, code: str, new: Item | None) -> Content:
    """The content with one indicator changed, added at the end of its domain, or (None) left out."""
    if new is None:
        return replace(old, items=tuple(item for item in old.items if item.code != code))
    if any(item.code == code for item in old.items):
        return replace(old, items=tuple(new if item.code == code else item for item in old.items))
    return replace(old, items=(*old.items, new))


def with_weights(old: Content, weights: dict[str, Decimal]) -> Content:
    """The content with other weights of its domains."""
    groups = tuple(replace(group, weight=weights.get(group.code, group.weight)) for group in old.groups)
    return replace(old, groups=groups)


@dataclass(frozen=True)
class Difference:
    """One thing that differs: which indicator or domain, what of it, before and after."""

    where: str
    what: str
    before: str
    after: str


def differences(before: Content, after: Content) -> list[Difference]:
    """What would change, indicator by indicator."""
    found = []
    olds, news = _pieces(before), _pieces(after)
    for where in dict.fromkeys((*olds, *news)):
        old, new = olds.get(where, {}), news.get(where, {})
        for what in dict.fromkeys((*old, *new)):
            if old.get(what, "") != new.get(what, ""):
                found.append(Difference(where, what, old.get(what, ""), new.get(what, "")))
    return found


def _pieces(content: Content) -> dict[str, dict[str, str]]:
    names = {
        "title": _("Заглавие"), "question": _("Въпрос"), "evidence": _("Доказателство"),
        "required": _("Какво се изисква"), "legal_ref": _("Основание"),
    }  # fmt: skip
    found = {group.title: {_("Тежест"): _plain(group.weight)} for group in content.groups}
    titles = {group.code: group.title for group in content.groups}
    for item in content.items:
        words = {names[name]: getattr(item, name) for name in WORDS}
        words |= {
            _("Тежест"): _plain(item.weight),
            _("Област на рамката"): titles.get(item.domain, item.domain),
        }
        words |= {_("Степен %(n)s") % {"n": level}: text for level, text in item.anchors}
        found[item.code] = words
    return found


def _plain(weight: Decimal) -> str:
    return f"{weight.normalize():f}".replace(".", ",")


def tree(content: Content, top: int) -> Tree:
    """The framework as the engine `scoring` takes it: marks from 0 to `top`, domains under one index."""
    codes = [item.code for item in content.items]
    parents = {item.code: item.domain for item in content.items} | {g.code: INDEX for g in content.groups}
    weights = {item.code: float(item.weight) for item in content.items}
    weights |= {group.code: float(group.weight) for group in content.groups}
    return Tree(codes, parents, weights=weights, bounds={code: (0.0, float(top)) for code in codes})
