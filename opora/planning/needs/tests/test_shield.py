"""D10: a reader with linear programming against every published table, map and sentence."""

import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from opora.engines.disclosure import audit, leaks, protect
from opora.planning.needs import reckoning as r
from opora.planning.needs.reckoning import shield
from opora.planning.needs.tests import fabricate


def attack(full: r.Result, public: r.Result) -> list[str]:
    """What an outsider finds out: printed sums of people, who stands behind each being known, nothing else.

    Gives the hidden small cells whose interval does not contain 0 and the threshold. Own program, not the
    engine's.
    """
    broken = []
    for measure in {column.measure for _, _, column, _ in public.cells() if column.measure}:
        pairs = _pairs(full, public, measure)
        atoms = sorted({ref for before, _ in pairs for ref, _ in before.guard})
        place = {ref: i for i, ref in enumerate(atoms)}
        rows, right = [], []
        for before, after in pairs:
            if not after.hidden:
                rows.append(_row(before, place))
                right.append(sum(amount for _, amount in before.guard))
        for before, after in pairs:
            people = sum(amount for _, amount in before.guard)
            if after.hidden and 0 < people < 5:
                low, high = (_extreme(_row(before, place), rows, right, sign) for sign in (1, -1))
                if low > 1e-6 or high < 5 - 1e-6:
                    broken.append(f"{measure}: {people} is in [{low}, {high}]")
    return broken


def _pairs(full, public, measure):
    places = [(c, cell) for t, _, c, cell in full.cells() if not t.internal]
    found = []
    for (column, before), (_, _, _, after) in zip(places, public.cells(), strict=True):
        if column.measure == measure and before.guard:
            found.append((before, after))
    return found


def _row(cell, place):
    row = np.zeros(len(place))
    for ref, _ in cell.guard:
        row[place[ref]] = 1
    return row


def _extreme(goal, rows, right, sign):
    equal = {"A_eq": np.array(rows), "b_eq": np.array(right)} if rows else {}
    solved = linprog(sign * goal, bounds=[(0, None)] * len(goal), method="highs", **equal)
    return sign * solved.fun if solved.status == 0 else -sign * float("inf")


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([6, 19, 45]), st.integers(2, 9))
def test_no_small_number_can_be_computed(seed, services, towns):
    facts = fabricate.facts(seed, size=services, towns=towns)
    full = r.reckon(facts)
    assert attack(full, r.published(facts, full)) == []


def test_the_attacker_is_not_blind():
    """Hiding only the small cells themselves is found out."""
    facts = fabricate.facts(7)
    full = r.reckon(facts)
    naive = _naive(full)
    assert any(cell.hidden for *_, cell in naive.cells())
    assert attack(full, naive)


def _naive(full: r.Result) -> r.Result:
    import dataclasses

    from opora.planning.needs.reckoning.result import with_cells

    tables = []
    for table in full.tables:
        if not table.internal:
            lines = [
                [
                    r.Cell(hidden=True) if c.measure and 0 < sum(n for _, n in cell.guard) < 5 else cell
                    for c, cell in zip(table.columns, row.cells)
                ]
                for row in table.rows
            ]
            tables.append(with_cells(table, lines))
    return dataclasses.replace(full, tables=tuple(tables))


@pytest.mark.parametrize("seed", range(4))
def test_engine_agrees(seed):
    for counts in shield.measures(r.reckon(fabricate.facts(seed))).values():
        protected = protect(counts)
        assert leaks(protected, audit(protected)) == ()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_every_small_number_of_people_is_hidden_in_every_table(seed):
    facts = fabricate.facts(seed)
    full = r.reckon(facts)
    public = r.published(facts, full)
    places = [cell for t, _, _, cell in full.cells() if not t.internal]
    for before, (_, _, column, after) in zip(places, public.cells(), strict=True):
        if column.measure and 0 < sum(amount for _, amount in before.guard) < 5:
            assert after.hidden
            assert after.value is None


def test_published_result_holds_no_rows_and_no_open_answers():
    facts = fabricate.facts(7)
    public = r.published(facts, r.reckon(facts))
    text = json.dumps(r.as_json(public), ensure_ascii=False)
    assert "svc:" not in text
    assert "card:" not in text
    assert "Повече часове" not in text
    assert public.published


@pytest.mark.parametrize("seed", range(8))
def test_sentences_tell_nothing_hidden(seed):
    facts = fabricate.facts(seed)
    public = r.published(facts, r.reckon(facts))
    said = " ".join(text for chapter in public.chapters for text in chapter.text)
    said += " ".join(picture.title for picture in public.pictures)
    assert not re.search(r"\b[1-4] (?:души|човек)", said)


def test_hidden_is_explained():
    facts = fabricate.facts(7)
    public = r.published(facts, r.reckon(facts))
    for table in public.tables:
        hidden = any(cell.hidden for row in table.rows for cell in row.cells)
        assert (":c" in table.note) == hidden
