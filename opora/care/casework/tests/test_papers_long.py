"""A file of 400 events on paper: more than 40 sheets in under ten seconds of the processor."""

import datetime as dt
import io
import time

import docx
import pypdf
import pytest

from opora.care.casework import queries_papers
from opora.care.casework.models import Event
from opora.care.casework.papers import making
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.tests import make
from opora.foundation.core import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
TEXT = (
    "Посетихме дома по уговорка. Детето показа рисунките си и говори за училище, за групата и за новия съсед. "
    "Майката Росица Измислена работи на смени и моли срещите да са следобед, тел. 0888 123 456. Договорихме кой "
    "води детето на рисуване, какво правим, ако отсъства, и кога се виждаме пак. Без тревожни знаци в дома. "
)


@pytest.mark.parametrize("recipient", ["service", "court"])
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_forty_sheets_under_ten_seconds(ending: str, recipient: str) -> None:
    file = make.file()
    head = make.person_in(file.service, "service_manager")
    make.approved(make.as_actor(file.lead), make.as_actor(head), file)
    today = clock.today()
    Event.objects.bulk_create(
        Event(
            file=file, kind=("home_visit", "session", "call")[n % 3], on=today - dt.timedelta(days=400 - n), at=clock.now(),
            by_id=file.lead.pk, by=file.lead.name, profession="социален работник", organisation="Проба", text=TEXT,
            present=["child", "mother"], voice="Искам да ходя на рисуване." if n % 4 == 0 else "", key=str(n),
        )
        for n in range(400)
    )  # fmt: skip
    actor = make.as_actor(file.lead)
    making.content(
        making.book(
            actor, queries_papers.source(actor, make.file(worker=file.lead)), "file", Recipient("service")
        ),
        ending,
    )
    began, wall = time.process_time(), time.perf_counter()
    laid = making.book(actor, queries_papers.source(actor, file), "file", Recipient(recipient))
    ready = time.process_time() - began
    content = making.content(laid, ending)
    spent = time.process_time() - began
    pages, entries = _counted(content, ending)
    print(
        f"{ending} {recipient}: {pages} sheets, {spent:.1f} s of processor ({ready:.1f} laying out), {time.perf_counter() - wall:.1f} s"
    )
    assert entries == 400
    assert ending == "docx" or pages >= 40
    assert spent < 10


def _counted(content: bytes, ending: str) -> tuple[int, int]:
    """Sheets (of a PDF), and how many of the notes stand in it."""
    if ending == "docx":
        texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
        return 0, sum(text.startswith("Посетихме дома") for text in texts)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return len(pages), sum(page.extract_text().count("Посетихме дома") for page in pages)
