"""The words in an archive for whoever opens it without Opora: what lies where, what the tables are, how to check the sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from opora.care.casework.models import ClientFile
from opora.care.casework.papers.lasting_data import Tables, words
from opora.foundation.ui import formats

BULGARIAN = """\
ДОСИЕ {code}
{service}
Архивът е направен на {day} от {by} с програмата Опора. За да го прочетете, не Ви трябва Опора.

ПАЗЕТЕ ГО. Вътре са имената, единните граждански номера и историята на хора, също и становищата само за екипа. Архивът не е
шифрован: дръжте го на място, до което имат достъп само хората с право на това, и не го изпращайте по имейл.

КАКВО ИМА ТУК
  data/file.pdf        цялото досие за четене и печат (PDF/A, формат за дълго пазене, ISO 19005)
  data/file.json       същите данни по редове, за четене от програма (JSON, UTF-8)
  data/schema.json     какво значи всяко поле и всеки код във file.json (JSON Schema)
  data/attachments/    приложените файлове, каквито са; номерата им са обяснени във file.json, „attachments“
  manifest-sha256.txt  контролни суми на всичко в data/
  tagmanifest-sha256.txt  контролни суми на останалите файлове
  bagit.txt, bag-info.txt  знак, че папката е подредена по стандарта BagIt (RFC 8493)

КАК ДА ПРОВЕРИТЕ, ЧЕ НИЩО НЕ Е ПРОМЕНЕНО
  Linux, macOS:  sha256sum -c manifest-sha256.txt   (на macOS: shasum -a 256 -c manifest-sha256.txt)
  Windows:       certutil -hashfile data\\file.pdf SHA256   и сравнете с manifest-sha256.txt

КАК СЕ ЧЕТЕ file.json
  „tables“ са таблиците. Всяка таблица е списък от редове, всеки ред има „id“. Поле, което завършва на „_id“, сочи ред: plan_id: 5 е
  редът с id 5 от casework.plan. Където сочи нещо извън досието (служител, услуга), думите стоят в поле без „_id“. Дните са
  година-месец-ден; часовете са с отместване от Гринуич. Кратките кодове (например „call“) са обяснени в schema.json, „codes“.
  „who_read_and_changed“ е кой, кога и какво е правил с досието.

ТАБЛИЦИТЕ ТУК
{tables}

КАКВО ОТ ОПОРА НЕ Е ТУК
  Вътрешни знаци на програмата (ключове за търсене, отпечатъци на връзки и кодове), връзки към досиета на други услуги и дали
  досието се наблюдава.

ПОЛЕТА
{columns}
"""
ENGLISH = """\
CLIENT FILE {code}
{service}
Made on {day} by {by} with the program Opora. You need no Opora to read it.

KEEP IT SAFE. It holds names, identity numbers and the history of people, also opinions meant for the team only. The archive is not
encrypted: keep it where only those entitled can reach it, and do not send it by e-mail.

WHAT IS HERE
  data/file.pdf        the whole file to read and print (PDF/A, a format for long keeping, ISO 19005)
  data/file.json       the same data row by row, for a program (JSON, UTF-8)
  data/schema.json     what each field and each code in file.json means (JSON Schema)
  data/attachments/    the enclosed files as they are; their numbers are explained in file.json, "attachments"
  manifest-sha256.txt  SHA-256 of everything in data/
  tagmanifest-sha256.txt  SHA-256 of the other files
  bagit.txt, bag-info.txt  the folder is a bag by the standard BagIt (RFC 8493)

HOW TO CHECK THAT NOTHING WAS CHANGED
  Linux, macOS:  sha256sum -c manifest-sha256.txt   (macOS: shasum -a 256 -c manifest-sha256.txt)
  Windows:       certutil -hashfile data\\file.pdf SHA256   and compare with manifest-sha256.txt

HOW TO READ file.json
  "tables" holds the tables. A table is a list of rows, each row has an "id". A field that ends in "_id" points at a row: plan_id: 5 is
  the row with id 5 of casework.plan. Where it points outside the file (a worker, a service) the words stand in the field without "_id".
  Days are year-month-day; moments carry their offset from Greenwich. Short codes (such as "call") are explained in schema.json, "codes".
  "who_read_and_changed" is who did what with the file and when.

THE TABLES HERE
{tables}

WHAT OF OPORA IS NOT HERE
  Marks the program keeps for itself (search keys, hashes of links and codes), ties to files of other services, and whether the file
  is watched.

FIELDS
{columns}
"""


def readme(file: ClientFile, tables: Tables, *, made_by: str, at: dt.datetime) -> str:
    """Bulgarian first, then the same in English."""
    said = {"code": file.code, "service": file.service.name, "by": made_by}
    used = {name for rows in tables.values() for row in rows[:1] for name in row}
    return f"\n{'=' * 100}\n\n".join(
        text.format(**said, day=day, tables=_listed(tables, place), columns=_fields(used, place))
        for text, place, day in ((BULGARIAN, 0, formats.date(at)), (ENGLISH, 1, f"{at:%Y-%m-%d}"))
    )


def _listed(tables: Tables, place: int) -> str:
    return "\n".join(
        f"  {name:<32} {len(rows):>5}  {words('table').get(name, (name, name))[place]}"
        for name, rows in tables.items()
    )


def _fields(used: set[str], place: int) -> str:
    return "\n".join(_field_lines(used, place))


def _field_lines(used: set[str], place: int) -> Iterator[str]:
    for name, said in words("column").items():
        if name in used:
            yield f"  {name:<22} {said[place]}"
