"""Papers of a file: through the gate, by the file's policies, with a checklist (D14, D17, S15)."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from opora.care.casework import actions, queries_enclosures
from opora.care.casework.models import ClientFile, Enclosure
from opora.care.casework.tests import make
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.tests import make as papers
from opora.foundation.documents.tests.test_gate_sounds import wav
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


def world() -> tuple[ClientFile, User]:
    file = make.file()
    assert file.lead is not None
    return file, file.lead


def enclosed(
    file: ClientFile, kind: str = "drawing", upload: tuple[str, bytes] | None = None, **more: Any
) -> Enclosure:
    assert file.lead is not None
    return actions.enclose(make.as_actor(file.lead), file, kind=kind, on=clock.today(), upload=upload, **more)


def drawing() -> tuple[str, bytes]:
    return "Калина Измислена.png", papers.picture()


def sent(*files: tuple[str, bytes], **more: Any) -> dict[str, Any]:
    chosen = [SimpleUploadedFile(name, content) for name, content in files]
    return {"kind": "drawing", "on": clock.today().strftime("%d.%m.%Y"), "chosen": chosen} | more


def post(user: User, file: ClientFile, data: dict[str, Any], **headers: str) -> Any:
    return people.client_of(user).post(
        reverse("casework_enclosures", args=[file.code]), data, follow=True, headers=headers
    )


def expert_says(laws: str) -> None:
    Rule.objects.create(
        code="id_copy_grounds", value=laws, unit="list", text="т", text_en="t", legal_ref="ЗЗЛД 25г", known_from="expert",
        valid_from=dt.date(2020, 1, 1), changed_at=clock.now(),
    )  # fmt: skip


# -- enclosing ---------------------------------------------------------------------------------------------------------------


def test_a_drawing_comes_into_the_chronology_and_can_be_taken_out() -> None:
    file, worker = world()
    text = post(worker, file, sent(drawing(), about="къщата на баба")).content.decode()
    assert "1 документ е приложен." in text
    one = file.enclosures.get()
    browser = people.client_of(worker)
    page = browser.get(reverse("casework_file", args=[file.code])).content.decode()
    assert "Рисунка или друга творба на детето: къщата на баба" in page
    address = reverse("casework_enclosure", args=[file.code, one.pk])
    assert page.count(address) == 2  # the picture and its link
    answer = browser.get(address)
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Image.open(io.BytesIO(answer.content)).format == "PNG"
    assert {"case.paper_enclosed", "case.paper_read"} <= set(
        Entry.objects.filter(subject=file.code).values_list("deed", flat=True)
    )


def test_the_same_form_sent_twice_encloses_once(folder_of_its_own: Any) -> None:
    file, worker = world()
    browser = people.client_of(worker)
    for _ in range(2):
        browser.post(reverse("casework_enclosures", args=[file.code]), sent(drawing()))
    assert (file.enclosures.count(), file.events.filter(kind="paper").count()) == (1, 1)
    assert Attachment.objects.count() == 1


def test_the_name_a_file_came_with_is_not_kept() -> None:
    file, _worker = world()
    one = enclosed(file, upload=drawing())
    assert one.attachment is not None
    assert one.attachment.name == f"{file.code}-рисунка.png"
    assert not Attachment.objects.filter(name__contains="Калина").exists()


def test_several_files_each_by_itself_and_the_form_stays_when_one_is_refused() -> None:
    file, worker = world()
    data = sent(drawing(), ("лоша.png", b"<html>"), ("втора.jpg", papers.picture("JPEG")), about="на двора")
    text = post(worker, file, data).content.decode()
    assert "2 документа са приложени." in text
    assert "лоша.png: " in text
    assert 'value="на двора"' in text
    assert '<option value="drawing" selected' in text
    assert file.enclosures.count() == 2


def test_a_voice_is_played_where_it_is_told_of_and_each_hearing_is_in_the_audit() -> None:
    file, worker = world()
    actions.add_note(
        make.as_actor(worker), file, kind="session", on=clock.today(), text="Рисувахме.", key="k"
    )
    kept = enclosed(file, "voice", ("разговор.wav", wav()), about="за училището")
    browser, address = people.client_of(worker), reverse("casework_enclosure", args=[file.code, kept.pk])
    page = browser.get(f"/files/{file.code}/").content.decode()
    assert (
        f'<audio class="op-sound" src="{address}" aria-label="запис на гласа на детето: за училището"' in page
    )
    assert "media-src 'self'" in browser.get(f"/files/{file.code}/")["Content-Security-Policy"]
    whole, part = browser.get(address), browser.get(address, HTTP_RANGE="bytes=4-7")
    assert (whole.status_code, part.status_code, part.content) == (200, 206, whole.content[4:8])
    assert Entry.objects.filter(subject=file.code, deed="case.paper_read").count() == 2
    stranger = people.client_of(make.person_in(make.service("LOV-99"), "case_manager"))
    assert stranger.get(address, HTTP_RANGE="bytes=0-").status_code == 404


def test_one_file_at_a_time_is_answered_by_a_line() -> None:
    file, worker = world()
    headers = {"X-Opora-One-File": "1"}
    good = post(worker, file, sent(drawing()), **headers)
    assert json.loads(good.content) == {"ok": True, "why": ""}
    bad = json.loads(post(worker, file, sent(("x.png", b"no")), **headers).content)
    assert not bad["ok"]
    assert "разширението" in bad["why"]
    empty = json.loads(post(worker, file, sent(kind="drawing"), **headers).content)
    assert "Изберете файл" in empty["why"]


@pytest.mark.parametrize(("keep", "told"), [({}, {}), ({"keep_place": "on"}, {0x010F: "Telephone"})])
def test_the_place_of_a_photo_goes_unless_it_is_kept_on_purpose(
    keep: dict[str, str], told: dict[int, str]
) -> None:
    file, worker = world()
    post(worker, file, sent(("снимка.jpg", papers.photo_with_place()), **keep))
    one = file.enclosures.get()
    content = people.client_of(worker).get(reverse("casework_enclosure", args=[file.code, one.pk])).content
    exif = Image.open(io.BytesIO(content)).getexif()
    assert {key: exif[key] for key in told} == told
    assert bool(exif.get_ifd(0x8825)) is bool(keep)
    assert one.place_kept is bool(keep)
    assert bool(dict(exif)) is bool(keep)


def test_a_recording_of_the_childs_voice_comes_in() -> None:
    from opora.foundation.documents.tests.test_gate_sounds import m4a

    file, worker = world()
    post(worker, file, sent(("Глас 12.m4a", m4a()), kind="voice"))
    one = file.enclosures.get()
    assert one.attachment is not None
    assert (one.attachment.kind, one.attachment.name) == ("m4a", f"{file.code}-запис.m4a")


def test_a_paper_in_the_binder_needs_no_file_but_somebody_has_to_say_so() -> None:
    file, worker = world()
    text = post(worker, file, sent(kind="court", about="решение 12")).content.decode()
    assert "отбележете, че документът е на хартия" in text
    assert "решение 12" in text
    post(worker, file, sent(kind="court", about="решение 12", on_paper="on"))
    assert file.enclosures.get().attachment is None


# -- identity papers -----------------------------------------------------------------------------------------------------------


def test_a_copy_of_an_identity_paper_without_a_ground_is_refused_with_the_article(folder_of_its_own) -> None:
    file, worker = world()
    text = post(worker, file, sent(("карта.jpg", papers.picture("JPEG")), kind="id_copy")).content.decode()
    assert "ЗЗЛД 25г" in text
    assert "сверено, без копие" in text
    assert not file.enclosures.exists()
    assert not Attachment.objects.exists()
    assert list(folder_of_its_own.rglob("files/*")) == []
    with pytest.raises(ActionRefused, match="25г"):
        enclosed(file, "id_copy", ("карта.jpg", papers.picture("JPEG")), ground="измислен закон")


def test_seen_without_a_copy_is_offered_and_never_carries_a_file() -> None:
    file, worker = world()
    with pytest.raises(ActionRefused, match="25г"):
        enclosed(file, "id_seen", ("карта.jpg", papers.picture("JPEG")))
    text = post(worker, file, sent(kind="id_seen")).content.decode()
    assert "1 документ е приложен." in text
    assert file.enclosures.get().attachment is None


def test_with_a_ground_an_expert_entered_the_copy_is_kept_with_it() -> None:
    file, worker = world()
    expert_says("Закон Първи 5; Закон Втори 7")
    with pytest.raises(ActionRefused, match="25г"):
        enclosed(file, "id_copy", ("карта.jpg", papers.picture("JPEG")), ground="Закон Трети 1")
    page = people.client_of(worker).get(reverse("casework_enclosures", args=[file.code])).content.decode()
    assert "Закон Втори 7" in page
    post(worker, file, sent(("карта.jpg", papers.picture("JPEG")), kind="id_copy", ground="Закон Втори 7"))
    assert file.enclosures.get().ground == "Закон Втори 7"
    assert Entry.objects.get(subject=file.code, deed="case.paper_enclosed").ground == "Закон Втори 7"


def test_the_database_refuses_a_copy_without_a_ground() -> None:
    file, _worker = world()
    one = enclosed(file, "letter")
    with pytest.raises(IntegrityError), transaction.atomic():
        Enclosure.objects.filter(pk=one.pk).update(kind="id_copy")


# -- who may -----------------------------------------------------------------------------------------------------------------


def test_a_stranger_has_neither_the_page_nor_the_file_by_any_way() -> None:
    file, _worker = world()
    one = enclosed(file, upload=drawing())
    assert one.attachment is not None
    stranger = people.client_of(make.person_in(make.service("LOV-99"), "case_manager"))
    ways = [
        reverse("casework_enclosures", args=[file.code]), reverse("casework_enclosure", args=[file.code, one.pk]),
        reverse("casework_enclosure_remove", args=[file.code, one.pk]), reverse("casework_paper_asked", args=[file.code]),
        reverse("documents_download", args=[one.attachment.token]),
    ]  # fmt: skip
    assert [stranger.get(way).status_code for way in ways] == [404] * len(ways)
    assert (
        people.client_of(file.lead).get(ways[-1]).status_code == 404
    )  # only through the file, with a row in the audit


def test_a_file_of_another_client_file_is_not_reached_through_ones_own() -> None:
    file, worker = world()
    other = make.file(make.service("LOV-99"))
    theirs = enclosed(other, upload=drawing())
    assert (
        people.client_of(worker).get(reverse("casework_enclosure", args=[file.code, theirs.pk])).status_code
        == 404
    )


def test_who_reads_in_an_emergency_reads_that_it_is_there_and_takes_nothing() -> None:
    file, _worker = world()
    one = enclosed(file, upload=drawing())
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    actions.open_in_emergency(
        make.as_actor(stranger), file, reason="danger", why="Детето е в болница, търсим близък."
    )
    browser = people.client_of(stranger)
    page = browser.get(reverse("casework_enclosures", args=[file.code])).content.decode()
    assert "има файл" in page
    assert "Приложи</button>" not in page
    address = reverse("casework_enclosure", args=[file.code, one.pk])
    assert browser.get(address).status_code == 404
    assert address not in browser.get(reverse("casework_file", args=[file.code])).content.decode()
    answer = browser.post(reverse("casework_enclosures", args=[file.code]), sent(drawing()))
    assert answer.status_code == 200
    assert file.enclosures.count() == 1


def test_in_a_sealed_file_papers_are_shut_until_two_persons_open_it() -> None:
    file, worker = world()
    one = enclosed(file, upload=drawing())
    head = make.person_in(file.service, "service_manager")
    actions.seal_file(make.as_actor(head), file, kind="violence", why="Издирват детето.")
    address = reverse("casework_enclosure", args=[file.code, one.pk])
    assert people.client_of(worker).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        enclosed(ClientFile.objects.get(pk=file.pk), upload=drawing())
    asked = actions.ask_to_unseal(make.as_actor(worker), file, why="Работа")
    actions.answer_unsealing(make.as_actor(head), asked, confirm=True)
    assert people.client_of(worker).get(address).status_code == 200


def test_a_file_is_taken_away_by_who_brought_it_or_the_head_and_the_reason_stays(folder_of_its_own) -> None:
    file, worker = world()
    one = enclosed(file, upload=drawing())
    helper = make.person_in(file.service, "specialist")
    file.members.create(user=helper, part="specialist", since=clock.today(), given_by="х")
    address = reverse("casework_enclosure_remove", args=[file.code, one.pk])
    assert people.client_of(helper).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        actions.remove_enclosure(make.as_actor(helper), one, why="Не ми харесва")
    browser = people.client_of(worker)
    assert "Нужна е поправка" in browser.post(address, {"why": ""}).content.decode()
    with_commit = browser.post(address, {"why": "Рисунката е на друго дете."}, follow=True).content.decode()
    assert "махнат: Рисунката е на друго дете." in with_commit
    assert not Attachment.objects.exists()
    page = browser.get(reverse("casework_file", args=[file.code])).content.decode()
    assert "Файлът е махнат" in page
    assert browser.get(reverse("casework_enclosure", args=[file.code, one.pk])).status_code == 404
    assert browser.get(address).status_code == 404


# -- the checklist --------------------------------------------------------------------------------------------------------------


def lines(file: ClientFile) -> dict[str, queries_enclosures.Wanted]:
    assert file.lead is not None
    return {one.kind: one for one in queries_enclosures.checklist(make.as_actor(file.lead), file)}


def test_the_ground_of_the_file_asks_for_its_paper() -> None:
    file, _worker = world()
    assert [(kind, one.missing) for kind, one in lines(file).items()] == [("application", True)]
    enclosed(file, "application")
    assert [(kind, one.missing) for kind, one in lines(file).items()] == [("application", False)]


def test_a_paper_is_waited_for_until_a_day_and_comes() -> None:
    file, worker = world()
    browser = people.client_of(worker)
    due = clock.today() + dt.timedelta(days=5)
    asked = {"kind": "disability", "due": due.strftime("%d.%m.%Y"), "note": "от майката"}
    text = browser.post(
        reverse("casework_paper_asked", args=[file.code]), asked, follow=True
    ).content.decode()
    assert due.strftime("%d.%m.%Y") in text
    assert "от майката" in text
    with clock.at(clock.now() + dt.timedelta(days=7)):
        assert lines(file)["disability"].late
    enclosed(file, "disability", until=clock.today() + dt.timedelta(days=30))
    one = lines(file)["disability"]
    assert (one.missing, one.asked) == (False, None)
    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert lines(file)["disability"].expired


def test_asked_again_the_day_is_the_new_one_and_it_may_be_dropped() -> None:
    file, worker = world()
    actor, day = make.as_actor(worker), clock.today()
    actions.ask_paper(actor, file, kind="school", due=day)
    asked = actions.ask_paper(actor, file, kind="school", due=day + dt.timedelta(days=9))
    assert file.papers_asked.count() == 1
    text = people.client_of(worker).post(
        reverse("casework_paper_not_needed", args=[file.code, asked.pk]), follow=True
    )
    assert "Вече не се чака" in text.content.decode()
    assert "school" not in lines(file)
    with pytest.raises(ActionRefused, match="25г"):
        actions.ask_paper(actor, file, kind="id_copy")


def test_the_data_folder_is_the_tests_own(folder_of_its_own) -> None:
    file, _worker = world()
    enclosed(file, upload=drawing())
    assert folder_of_its_own == settings.DATA_DIR
    assert len([one for one in (folder_of_its_own / "files").rglob("*") if one.is_file()]) == 1
