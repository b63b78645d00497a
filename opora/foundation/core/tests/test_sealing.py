"""Sealed values open only in their own place, and equal ones are found again (D4, D6)."""

import pytest

from opora.foundation.core import sealing
from opora.foundation.core.sealing import Unreadable, blind, seal, unseal

PLACE = {"column": "casework_person.identifier", "row": 7}


def test_a_value_opens_in_its_place_and_has_29_bytes_more() -> None:
    sealed = seal("7501010010", **PLACE)
    assert len(sealed) == 39
    assert b"7501010010" not in sealed
    assert unseal(sealed, **PLACE) == "7501010010"


def test_the_same_text_is_never_sealed_alike() -> None:
    assert seal("7501010010", **PLACE) != seal("7501010010", **PLACE)


@pytest.mark.parametrize("moved", [{"row": 8}, {"column": "casework_person.phone"}])
def test_a_value_moved_elsewhere_is_refused(moved: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        unseal(seal("7501010010", **PLACE), **(PLACE | moved))


def test_an_altered_or_cut_value_is_refused() -> None:
    sealed = bytearray(seal("7501010010", **PLACE))
    sealed[-1] ^= 1
    for wrong in (bytes(sealed), b"", sealed[:10]):
        with pytest.raises(Unreadable):
            unseal(bytes(wrong), **PLACE)


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = seal("7501010010", **PLACE)
    number = sealing.next_key()
    new = seal("7501010010", **PLACE)
    assert (sealing.key_of(old), sealing.key_of(new)) == (number - 1, number)
    assert unseal(old, **PLACE) == unseal(new, **PLACE)


def test_a_value_of_a_key_that_is_not_here_is_unreadable() -> None:
    sealed = bytes([200]) + seal("7501010010", **PLACE)[1:]
    with pytest.raises(Unreadable):
        unseal(sealed, **PLACE)


def test_equal_texts_of_a_column_meet_and_others_do_not() -> None:
    column = "casework_person.identifier"
    assert blind("7501010010", column=column) == blind("7501010010", column=column)
    assert blind("7501010010", column=column) != blind("7501010011", column=column)
    assert blind("7501010010", column=column) != blind("7501010010", column="other.column")
    assert len(blind("7501010010", column=column)) == 32
