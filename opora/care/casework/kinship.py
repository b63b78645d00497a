"""From the relations of a file to the people and pairs of a genogram; pure, nothing is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.models import Person, Relation
from opora.foundation.core import clock
from opora.foundation.ui.pictures import Kin, Pair

CENTRE = "centre"
PARENTS = ("mother", "father")
CALLED = {
    ("sibling", "m"): gettext_lazy("брат"),
    ("sibling", "f"): gettext_lazy("сестра"),
    ("grandparent", "m"): gettext_lazy("дядо"),
    ("grandparent", "f"): gettext_lazy("баба"),
    ("elder", "m"): gettext_lazy("прадядо"),
    ("elder", "f"): gettext_lazy("прабаба"),
    ("aunt", "f"): gettext_lazy("леля"),
    ("child", "m"): gettext_lazy("син"),
    ("child", "f"): gettext_lazy("дъщеря"),
}
THROUGH = {
    "grandparent": PARENTS,
    "elder": ("grandparent",),
    "aunt": PARENTS,
    "step": PARENTS,
    "sibling": (*PARENTS, "step"),
    "child": ("partner",),
}
"""Through whom a relative of this kind may be related."""
SEXES = {"mother": "f", "father": "m"}


def called(relation: Relation) -> str:
    """„баба“ rather than „баба или дядо“ where the sex is known."""
    word = CALLED.get((relation.kind, sex_of(relation)))
    return str(word or relation.get_kind_display())


def sex_of(relation: Relation) -> str:
    """As it was said, or as the kind tells."""
    return relation.person.sex or SEXES.get(relation.kind, "")


def years(person: Person, sex: str = "") -> str:
    """„38 г.“, „1950–2019“, „починал“; empty where nothing is known."""
    born = person.born.year if person.born else person.birth_year
    if person.dead or person.died:
        died = str(person.died.year) if person.died else ""
        return (
            f"{born or '?'}–{died}" if died else _("починала") if (sex or person.sex) == "f" else _("починал")
        )
    age = person.age(clock.today())
    if age is None and born:
        age = clock.today().year - born
    return _("%(age)s\u00a0г.") % {"age": age} if age is not None else ""


def current(relations: Sequence[Relation]) -> list[Relation]:
    """Who is near today."""
    return [one for one in relations if one.until is None]


def drawn(
    person: Person, relations: Sequence[Relation], name: Callable[[Person], str] = lambda one: one.name
) -> tuple[list[Kin], list[Pair]]:
    """Everybody near the person today, and who is paired with whom; siblings in the order of birth."""
    near = sorted(current(relations), key=_by_birth)
    tree = Tree(near)
    people = [_kin(one, tree.parents_of(one), name) for one in near]
    home = any(one.lives_with for one in near)
    centre = Kin(
        CENTRE, name(person), person.sex, tuple(filter(None, [years(person)])), dead=person.dead, centre=True,
        home=home, parents=tuple(map(key_of, tree.parents)),
    )  # fmt: skip
    place = next(
        (i for i, one in enumerate(near) if one.kind == "sibling" and _younger(one.person, person)), len(near)
    )
    return [*people[:place], centre, *people[place:]], tree.pairs()


def key_of(relation: Relation) -> str:
    """Under what a relative stands in the picture."""
    return str(relation.pk)


class Tree:
    """Who is whose parent among the relatives of one file."""

    def __init__(self, near: Sequence[Relation]) -> None:
        self.near = near
        self.known = {one.pk: one for one in near}
        self.parents = [one for one in near if one.kind in PARENTS][:2]

    def through(self, one: Relation) -> Relation | None:
        """The relative they are related by: the one said, or the only one there can be."""
        fit = [other for other in self.near if other.kind in THROUGH.get(one.kind, ()) and other.pk != one.pk]
        said = self.known.get(one.through_id or 0)
        if said in fit:
            return said
        return fit[0] if len(fit) == 1 and one.kind != "sibling" else None

    def parents_of(self, one: Relation) -> tuple[str, ...]:
        """Keys of the parents who stand in the picture."""
        if one.kind == "sibling":
            return tuple(map(key_of, self._parents_of_sibling(one)))
        if one.kind == "child":
            partner = self.through(one)
            return (CENTRE, key_of(partner)) if partner else (CENTRE,)
        if one.kind == "aunt":
            parent = self.through(one)
            return tuple(map(key_of, self._ancestors(parent, "grandparent")))
        ancestors = {"mother": "grandparent", "father": "grandparent", "grandparent": "elder"}.get(one.kind)
        return tuple(map(key_of, self._ancestors(one, ancestors))) if ancestors else ()

    def _parents_of_sibling(self, one: Relation) -> list[Relation]:
        shared = self.through(one)
        if shared is None:
            return self.parents
        parent = self.through(shared) if shared.kind == "step" else None
        return [parent, shared] if parent else [shared]

    def _ancestors(self, of: Relation | None, kind: str) -> list[Relation]:
        return [one for one in self.near if of and one.kind == kind and self.through(one) == of][:2]

    def partner_of(self, one: Relation) -> Relation | None:
        """With whom they make a pair, if it is another relative."""
        if one.kind in PARENTS and one in self.parents:
            return next((other for other in self.parents if other != one), None)
        if one.kind == "step":
            return self.through(one)
        if one.kind in ("grandparent", "elder"):
            line = self.through(one)
            return (
                next((other for other in self._ancestors(line, one.kind) if other != one), None)
                if line
                else None
            )
        return None

    def pairs(self) -> list[Pair]:
        """Every two partners once."""
        found: dict[frozenset[str], Pair] = {}
        for one in self.near:
            other = self.partner_of(one)
            if one.kind == "partner":
                found[frozenset((CENTRE, key_of(one)))] = Pair(CENTRE, key_of(one), one.separated)
            elif other is not None:
                both = frozenset((key_of(one), key_of(other)))
                before = found.get(both)
                found[both] = Pair(key_of(other), key_of(one), one.separated or bool(before and before.apart))
        return list(found.values())


def _kin(one: Relation, parents: tuple[str, ...], name: Callable[[Person], str]) -> Kin:
    line = ", ".join(filter(None, [called(one), years(one.person, sex_of(one))]))
    dead = one.person.dead or one.person.died is not None
    return Kin(
        key_of(one), name(one.person), sex_of(one), (line,), dead, home=one.lives_with, parents=parents
    )


def _by_birth(one: Relation) -> tuple[int, int]:
    return _born(one.person), one.pk


def _born(person: Person) -> int:
    return person.born.toordinal() if person.born else (person.birth_year or 9998) * 366


def _younger(one: Person, other: Person) -> bool:
    return _born(one) > _born(other)
