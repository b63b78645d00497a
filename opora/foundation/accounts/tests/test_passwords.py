"""Which passwords are accepted (S12; ASVS 6.2)."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.accounts import common
from opora.foundation.accounts.tests import make

GOOD = [
    "светулка над Осъм 47",
    "Tri krivi kamaka na brega",
    "зелен чадър, две круши",
    "!!!! котва ... лулка 9",
    "ааб вгд ежз ийк лмн опр",
]


def refused(password: str, person: object = None) -> bool:
    try:
        validate_password(password, person)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("password", GOOD)
def test_several_words_are_accepted_whatever_their_letters(password: str) -> None:
    assert not refused(password)


def test_ten_thousand_common_passwords_are_refused() -> None:
    known = sorted(CommonPasswordValidator().passwords)[:10_000]
    assert len(known) == 10_000
    assert [password for password in known if not refused(password)] == []


def test_common_ones_made_long_are_refused_as_common() -> None:
    made = [
        "password2024!!!!",
        "12345678901234567",
        "QWERTYuiop123456",
        "passwordpassword",
        "p@$$w0rdp@$$w0rd",
        "aaaaaaaaaaaaaaaaaa",
    ]
    assert [one for one in made if not common.is_common(one)] == []


@pytest.mark.parametrize(
    "password",
    [
        "парола1234567890",  # as it is
        "ПАРОЛАпарола2026",  # repeated, a year behind
        "parolaparolaparola",  # Latin letters by sound
        "pavowapavowapavowa",  # not common: must pass the list, kept here to show the contrast
        "социалниуслуги2026",
        "вярванадеждалюбов!",
    ],
)
def test_bulgarian_words(password: str) -> None:
    contrast = {"pavowapavowapavowa", "вярванадеждалюбов!"}
    assert common.is_common(password) is (password not in contrast)


def test_bulgarian_words_typed_on_a_latin_keyboard_are_known() -> None:
    """Both Bulgarian keyboards: what „парола“ and „здравейте“ leave when the keyboard is Latin, and
    „password“ the other way.
    """
    for layout in common._LAYOUTS:
        keys = {typed: key for key, typed in layout.items()}
        for word in ("парола", "здравейте", "цскасофия"):
            assert common.is_common("".join(keys[letter] for letter in word) + "2026")
        assert common.is_common("".join(layout[key] for key in "password") + "1234567")


@pytest.mark.parametrize(("length", "taken"), [(14, False), (15, True), (128, True), (129, False)])
def test_length_without_a_second_factor(length: int, taken: bool) -> None:
    assert refused(_of_length(length)) is not taken


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "length", "taken"),
    [("national_admin", 11, False), ("national_admin", 12, True), ("evaluator", 12, False)],
)
def test_length_beside_a_second_factor(role: str, length: int, taken: bool) -> None:
    assert refused(_of_length(length), make.user(role)) is not taken


@pytest.mark.django_db
def test_ones_own_name_post_and_house_are_refused() -> None:
    person = make.user(
        name="Радостина Чешмеджиева",
        email="r.cheshmedzhieva@lovech.example",
        organisation="Община Ловеч, отдел Услуги",
    )
    for password in (
        "радостиначешмеджиева",
        "r.cheshmedzhieva2026",
        "Община Ловеч, отдел Услуги",
        "Radostina Cheshmedzhieva 1",
    ):
        assert refused(password, person)


@pytest.mark.django_db
def test_passwords_are_kept_as_argon2id_and_whole() -> None:
    person = make.user(password="дълга парола " * 9 + "край")
    assert identify_hasher(person.password).algorithm == "argon2"
    assert "m=19456,t=2,p=1" in person.password
    assert person.password.startswith("argon2$argon2id$")
    assert not person.check_password("дълга парола " * 9 + "кра")
    assert not person.check_password(("дълга парола " * 9 + "край").upper())


@given(st.text(min_size=0, max_size=200))
def test_any_text_gets_an_answer(password: str) -> None:
    assert refused(password) in (True, False)


def _of_length(length: int) -> str:
    return (
        "зелен чадър и седем дъждовни круши край Вит, после мъгла над хълма с козите, "
        "кладенец, лулка и още една дълга неделя в Балкана 7 " * 2
    )[:length]
