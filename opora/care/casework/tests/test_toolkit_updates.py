"""A newer version under the same code: compared piece by piece, nothing overwritten silently, and a way back."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.care.casework import actions, queries_toolkits
from opora.care.casework.models import Toolkit, ToolkitAnswers, ToolkitUpdate
from opora.care.casework.tests import make, make_ending
from opora.care.casework.toolkits import merging
from opora.care.casework.toolkits.package import Package, form_of, pack
from opora.care.casework.toolkits.shipped import shipped
from opora.evidence.survey.workbook import Tables, read_xlsx, write_xlsx
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
PLAN = "forms/plan.xlsx"


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def taken(place=None) -> Toolkit:
    place = place or make.service()
    return actions.take_toolkit(make_ending.head_of(place), place, "day_centre")


def edited(package: Package, part: str = PLAN, *, words=None, gone=(), added=()) -> Package:
    """The package with some labels of a form changed, rows left out, rows added at the end."""
    tables: Tables = read_xlsx(package.parts[part])
    head = tables["survey"][0]
    name, label = head.index("name"), next(n for n, cell in enumerate(head) if cell.startswith("label"))
    rows = [list(row) for row in tables["survey"][1:] if row[name] not in gone]
    for row in rows:
        row[label] = (words or {}).get(row[name], row[label])
    for new, said in added:
        rows.append(
            [
                {"type": "text", "name": new}.get(cell, said if cell.startswith("label") else "")
                for cell in head
            ]
        )
    tables["survey"] = [head, *rows]
    return package.with_parts({part: write_xlsx(tables)})


def newer(base: Package, **changed) -> Package:
    """What the author made of it since."""
    made = edited(base, **changed)
    return replace(made, number=base.number + 1, history=(*base.history, base.origin))


def labels(package: Package, part: str = PLAN) -> dict[str, str]:
    tables = read_xlsx(package.parts[part])
    head = tables["survey"][0]
    name, label = head.index("name"), next(n for n, cell in enumerate(head) if cell.startswith("label"))
    return {row[name]: row[label] for row in tables["survey"][1:] if row[name]}


def test_what_one_side_changed_is_taken_from_it_and_what_both_changed_waits() -> None:
    base = shipped()["day_centre"]
    ours = edited(
        base, words={"speech": "Логопед, часове", "psychology": "Наше"}, added=[("own_1", "Личен лекар")]
    )
    theirs = edited(base, words={"psychology": "Тяхно"}, gone=("contact",), added=[("new_1", "Нов въпрос")])
    found = {one.name: one.changed_by for one in merging.pieces(base, ours, theirs)}
    assert found == {
        "speech": "ours",
        "psychology": "both",
        "own_1": "ours",
        "contact": "theirs",
        "new_1": "theirs",
    }
    with pytest.raises(merging.Unchosen):
        merging.merged(base, ours, theirs, {})
    key = next(one.key for one in merging.pieces(base, ours, theirs) if one.name == "psychology")
    for side, words in (("ours", "Наше"), ("theirs", "Тяхно")):
        got = labels(base.with_parts(merging.merged(base, ours, theirs, {key: side})))
        assert (got["speech"], got["psychology"], got["own_1"], got["new_1"]) == (
            "Логопед, часове", words, "Личен лекар", "Нов въпрос",
        )  # fmt: skip
        assert "contact" not in got


def test_merging_equal_versions_changes_nothing_and_either_side_whole_is_that_side() -> None:
    base = shipped()["day_centre"]
    ours = edited(base, words={"psychology": "Наше"}).with_parts({"guide.md": "Нашето ръководство.".encode()})
    theirs = edited(base, words={"psychology": "Тяхно"}, added=[("new_1", "Нов")]).with_parts(
        {"guide.md": b"Their guide."}
    )
    assert merging.pieces(base, base, base) == []
    every = {one.key: "ours" for one in merging.pieces(base, ours, theirs)}
    assert base.with_parts(merging.merged(base, ours, theirs, every)).sha256 == ours.sha256
    every = dict.fromkeys(every, "theirs")
    assert base.with_parts(merging.merged(base, ours, theirs, every)).sha256 == theirs.sha256


def test_groups_keep_their_ends_and_a_question_added_at_ours_stays_in_its_place() -> None:
    base = shipped()["day_centre"]
    tables = read_xlsx(base.parts[PLAN])
    head = tables["survey"][0]
    inside = next(n for n, row in enumerate(tables["survey"]) if row[head.index("name")] == "speech")
    row = [
        {"type": "text", "name": "own_x"}.get(cell, "Вътре" if cell.startswith("label") else "")
        for cell in head
    ]
    tables["survey"].insert(inside + 1, row)
    ours = base.with_parts({PLAN: write_xlsx(tables)})
    theirs = edited(base, words={"speech": "Логопед седмично"}, added=[("new_1", "Нов")])
    got = base.with_parts(merging.merged(base, ours, theirs, {}))
    order = list(labels(got))
    assert order.index("own_x") == order.index("speech") + 1
    kinds = [row[0] for row in read_xlsx(got.parts[PLAN])["survey"][1:]]
    assert (
        sum(kind.startswith("begin") for kind in kinds) == sum(kind.startswith("end") for kind in kinds) > 0
    )
    form_of(PLAN, got.parts[PLAN])


@pytest.fixture
def world():
    """A service with its own change, and a newer version that clashes with it in one question."""
    kept = taken()
    head = make.person_in(kept.service, "service_manager")
    base = queries_toolkits.package_of(queries_toolkits.version_of(kept))
    ours = edited(base, words={"psychology": "Движение, наше", "speech": "Логопед, наше"})
    actions.change_toolkit(make.as_actor(head), kept, {PLAN: ours.parts[PLAN]}, change="Наши думи.")
    return (
        kept,
        head,
        newer(base, words={"psychology": "Движение, ново"}, added=[("new_1", "Съвсем нов въпрос")]),
    )


def test_the_whole_way_through_the_pages(world) -> None:
    kept, head, package = world
    client = people.client_of(head)
    upload = SimpleUploadedFile("ново.zip", pack(package))
    page = text_of(
        client.post(
            "/files/toolkits/", {"do": "import", "service": kept.service.code, "file": upload}, follow=True
        )
    )
    for words in (
        "Движение, наше",
        "Движение, ново",
        "Логопед, наше",
        "Съвсем нов въпрос",
        "променено и от двете страни",
    ):
        assert words in page, words
    assert page.count(" checked") == 2  # what only one side changed
    assert queries_toolkits.version_of(kept).number == 2
    assert "Чака нова версия" in text_of(client.get(f"/files/toolkits/{kept.pk}/"))
    there = f"/files/toolkits/{kept.pk}/update/"
    assert "Изберете кое да остане" in text_of(client.post(there, {"do": "take", "seen": "2"}))
    pieces = {
        one.name: one.key for one in merging.pieces(*queries_toolkits.three_of(ToolkitUpdate.objects.get()))
    }
    said = {
        f"take:{pieces['psychology']}": "theirs",
        f"take:{pieces['speech']}": "ours",
        f"take:{pieces['new_1']}": "theirs",
    }
    assert "Записана е версия 3" in text_of(
        client.post(there, {"do": "take", "seen": "2"} | said, follow=True)
    )
    got = labels(queries_toolkits.package_of(queries_toolkits.version_of(kept)))
    assert (got["psychology"], got["speech"], got["new_1"]) == (
        "Движение, ново",
        "Логопед, наше",
        "Съвсем нов въпрос",
    )
    assert client.get(there).status_code == 404
    assert package.organisation in {one.organisation for one in kept.origins.all()}


def test_going_back_is_a_new_version_that_says_what_the_old_one_said(world) -> None:
    kept, head, package = world
    actor = make.as_actor(head)
    update = actions.offer_update(actor, kept, package)
    every = {one.key: "theirs" for one in merging.pieces(*queries_toolkits.three_of(update))}
    actions.take_update(actor, update, every, seen=2)
    page = text_of(people.client_of(head).post(f"/files/toolkits/{kept.pk}/2/restore/", follow=True))
    assert "същата като версия 2" in page
    assert queries_toolkits.version_of(kept).number == 4
    assert queries_toolkits.version_of(kept).sha256 == queries_toolkits.version_of(kept, 2).sha256
    with pytest.raises(ActionRefused, match="важи и сега"):
        actions.restore_version(actor, queries_toolkits.version_of(kept, 2))


def test_the_next_one_is_compared_with_the_last_one_taken(world) -> None:
    kept, head, package = world
    actor = make.as_actor(head)
    update = actions.offer_update(actor, kept, package)
    mine = {
        one.key: "ours"
        for one in merging.pieces(*queries_toolkits.three_of(update))
        if one.name == "psychology"
    }
    actions.take_update(actor, update, mine, seen=2)
    third = newer(package, words={"speech": "Логопед, трето"})
    again = actions.offer_update(actor, kept, third)
    assert {one.name: one.changed_by for one in merging.pieces(*queries_toolkits.three_of(again))} == {
        "psychology": "ours", "speech": "both",
    }  # fmt: skip


def test_the_same_or_an_older_one_is_refused_and_a_stranger_is_named(world) -> None:
    kept, head, package = world
    actor = make.as_actor(head)
    with pytest.raises(ActionRefused, match="вече е при Вас"):
        actions.import_toolkit(actor, kept.service, pack(shipped()["day_centre"]))
    update = actions.offer_update(actor, kept, package)
    assert queries_toolkits.grew_from(update)
    stranger = actions.offer_update(
        actor, kept, replace(edited(package, words={"psychology": "Друго"}), history=())
    )
    assert ToolkitUpdate.objects.waiting().get() == stranger
    page = text_of(people.client_of(head).get(f"/files/toolkits/{kept.pk}/update/"))
    assert "не произлиза от инструментариума" in page


def test_filled_forms_stay_on_their_version_and_new_ones_begin_on_the_newest() -> None:
    file = make_ending.at_work()
    kept = taken(file.service)
    worker, actor = make_ending.worker_of(file), make_ending.head_of(file.service)
    filled = actions.begin_form(worker, file, kept, "plan")
    base = queries_toolkits.package_of(queries_toolkits.version_of(kept))
    update = actions.offer_update(actor, kept, newer(base, words={"psychology": "Движение, ново"}))
    actions.take_update(actor, update, {}, seen=1)
    page = text_of(people.client_of(file.lead).get(f"/files/{file.code}/forms/{filled.pk}/"))
    assert "Движение, ново" not in page
    assert ToolkitAnswers.objects.get(pk=filled.pk).toolkit_version.number == 1
    assert actions.begin_form(worker, file, kept, "assessment").toolkit_version.number == 2


def test_a_colleagues_change_meanwhile_or_pieces_that_do_not_fit_stop_it(world) -> None:
    """We left a question out; the newer version shows it in a sentence it adds."""
    kept, head, package = world
    actor = make.as_actor(head)
    update = actions.offer_update(actor, kept, package)
    with pytest.raises(ActionRefused, match="Междувременно"):
        actions.take_update(actor, update, {}, seen=1)
    base = queries_toolkits.package_of(queries_toolkits.version_of(kept, 1))
    gone = edited(queries_toolkits.package_of(queries_toolkits.version_of(kept)), gone=("day",))
    actions.change_toolkit(actor, kept, {PLAN: gone.parts[PLAN]}, change="Без деня.")
    broken = actions.offer_update(actor, kept, newer(base, added=[("shown", "Денят: ${day}")]))
    with pytest.raises(ActionRefused, match=r"не се сглобява.*day"):
        actions.take_update(actor, broken, {}, seen=3)
    assert queries_toolkits.version_of(kept).number == 3
    actions.drop_update(actor, broken)
    assert not ToolkitUpdate.objects.waiting().exists()


def test_only_the_head_of_the_service_takes_drops_and_restores(world) -> None:
    kept, head, package = world
    worker = make.person_in(kept.service, "case_manager")
    stranger = make.person_in(make.service("LOV-99"), "service_manager")
    update = actions.offer_update(make.as_actor(head), kept, package)
    for other in (make.as_actor(worker), make.as_actor(stranger)):
        for do in (
            lambda actor: actions.take_update(actor, update, {}, seen=2),
            lambda actor: actions.drop_update(actor, update),
            lambda actor: actions.offer_update(actor, kept, package),
            lambda actor: actions.restore_version(actor, queries_toolkits.version_of(kept, 1)),
        ):
            with pytest.raises(NotAllowed):
                do(other)
    for user in (worker, stranger):
        client = people.client_of(user)
        assert client.get(f"/files/toolkits/{kept.pk}/update/").status_code == 404
        assert client.post(f"/files/toolkits/{kept.pk}/1/restore/").status_code == 404
        assert client.post(f"/files/toolkits/{kept.pk}/shipped/").status_code == 404


def test_a_newer_one_that_came_with_opora_is_offered(monkeypatch, world) -> None:
    kept, head, package = world
    client = people.client_of(head)
    assert "Има по-нова версия" not in text_of(client.get(f"/files/toolkits/{kept.pk}/"))
    known = shipped() | {"day_centre": package}
    monkeypatch.setattr(queries_toolkits, "shipped", lambda: known)
    monkeypatch.setattr(actions.toolkit_updates, "shipped", lambda: known)
    assert "Има по-нова версия" in text_of(client.get(f"/files/toolkits/{kept.pk}/"))
    assert "Движение, ново" in text_of(client.post(f"/files/toolkits/{kept.pk}/shipped/", follow=True))
