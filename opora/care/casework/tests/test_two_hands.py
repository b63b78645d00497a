"""Two people with the same form of a file open (R12): what one did not touch never goes over what the other saved, and
what both touched is shown before it is decided.
"""

from __future__ import annotations

import pytest

from opora.care.casework import actions
from opora.care.casework.models import Agency, Consent, Contract, Relation, ToolkitAnswers
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.ui.tests.hands import Hands

pytestmark = pytest.mark.django_db


def two(file, where, at):
    colleague = make.person_in(file.service, "specialist")
    file.members.create(user=colleague, part="specialist", since=file.wished_on, given_by="проба")
    return [
        Hands(people.client_of(one), f"/files/{file.code}/{where}", at=at) for one in (file.lead, colleague)
    ]


# --- family


def mother(file):
    actor = make.as_actor(file.lead)
    return actions.add_relative(actor, file, {"kind": "mother", "first_name": "Мая", "phone": "0888 100"})


def test_a_relatives_telephone_stays_when_a_colleague_writes_something_else():
    file = make.file()
    found = mother(file)
    one, other = two(file, f"family/{found.pk}/", "first_name")
    one.send(phone="0888 200", lives_with="on")
    other.send(note="Работи на смени.", last_name="Измислена")
    kept = Relation.objects.get()
    assert (kept.person.phone, kept.lives_with) == ("0888 200", True)
    assert (kept.note, kept.person.last_name) == ("Работи на смени.", "Измислена")


def test_a_relative_both_changed_is_shown_and_the_second_saving_is_a_choice():
    file = make.file()
    found = mother(file)
    one, other = two(file, f"family/{found.pk}/", "first_name")
    one.send(phone="0888 200", note="Говори с мен.")
    page = other.send(phone="0888 300")
    assert "0888 200" in page
    assert Relation.objects.get().person.phone == "0888 200"
    assert other.fields["phone"] == ["0888 300"]
    assert other.fields["note"] == ["Говори с мен."]
    other.send()
    kept = Relation.objects.get()
    assert (kept.person.phone, kept.note) == ("0888 300", "Говори с мен.")


def test_a_relative_who_left_meanwhile_does_not_come_back():
    file = make.file()
    found = mother(file)
    _one, other = two(file, f"family/{found.pk}/", "first_name")
    actions.end_relative(make.as_actor(file.lead), found, on=file.wished_on)
    other.send(phone="0888 300")
    kept = Relation.objects.get()
    assert (kept.until, kept.person.phone) == (file.wished_on, "0888 300")


def test_a_number_both_wrote_is_not_told_and_not_overwritten():
    file = make.file()
    found = mother(file)
    first, second = make.egn(file.person.born, 1), make.egn(file.person.born, 2)
    one, other = two(file, f"family/{found.pk}/", "first_name")
    one.send(identifier=first)
    page = other.send(identifier=second)
    assert "ЕГН или ЛНЧ" in page
    assert first not in page
    assert Relation.objects.get().person.identifier == first
    other.send()
    assert Relation.objects.get().person.identifier == second
    other.read(other.client.get(other.where))
    other.send(note="Без номер в полето.")
    assert Relation.objects.get().person.identifier == second


def test_a_place_around_the_child():
    file = make.file()
    found = actions.set_agency(make.as_actor(file.lead), file, {"kind": "school", "name": "Училище"})
    one, other = two(file, f"family/places/{found.pk}/", "contact")
    one.send(contact="Класната, 0670 1")
    other.send(note="Ходи с желание.")
    kept = Agency.objects.get()
    assert (kept.contact, kept.note) == ("Класната, 0670 1", "Ходи с желание.")
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(contact="Директорът")
    assert "Директорът" in other.send(contact="Педагогът")
    assert Agency.objects.get().contact == "Директорът"


# --- contract


def test_terms_of_a_contract():
    file = make_ending.at_work()
    actions.set_contract(make_ending.worker_of(file), file, make_ending.terms(fee=""))
    one, other = two(file, "contract/", "fee")
    one.send("terms", fee="30 лв.")
    other.send("terms", manner=Contract.MANNERS[1][0])
    kept = Contract.objects.get()
    assert (kept.fee, kept.manner) == ("30 лв.", Contract.MANNERS[1][0])
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send("terms", fee="40 лв.")
    assert "40 лв." in other.send("terms", fee="без такса")
    assert Contract.objects.get().fee == "40 лв."
    other.send("terms")
    assert Contract.objects.get().fee == "без такса"


def test_terms_sent_after_a_colleague_signed_make_no_second_contract_unasked():
    file = make_ending.at_work()
    worker = make_ending.worker_of(file)
    contract = actions.set_contract(worker, file, make_ending.terms(fee=""))
    one, other = two(file, "contract/", "fee")
    actions.sign_contract(worker, contract, on=file.wished_on)
    assert "колега подписа договора" in one.send("terms", fee="30 лв.")
    assert Contract.objects.get().fee == ""
    one.send("terms")
    assert list(Contract.objects.order_by("number").values_list("fee", flat=True)) == ["", "30 лв."]
    assert "колега подписа договора" in other.send("sign", on="01.09.2026")
    assert Contract.objects.filter(signed_on__isnull=True).count() == 1


# --- safety plan, crisis


def safe(file, **lines):
    given = {"sign": ["Вика"], "help": [], "call": ["112"], "step": ["Излизам"]} | lines
    return actions.write_safety_plan(
        make.as_actor(file.lead), file, lines=given, agreed_with="Калина", review_on=file.wished_on
    )


def test_a_new_safety_plan_keeps_what_a_colleague_agreed_meanwhile():
    file = make.file()
    safe(file)
    one, other = two(file, "crisis/plan/", "agreed_with")
    one.send(call="112\nЛеля Мая, 0888 1")
    other.send(help="Музика")
    lines = set(file.safety_plans.first().lines.values_list("kind", "text"))
    assert {("call", "Леля Мая, 0888 1"), ("help", "Музика"), ("sign", "Вика")} <= lines
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(step="Излизам\nОтивам при леля")
    page = other.send(step="Излизам\nОбаждам се")
    assert "Отивам при леля" in page
    assert file.safety_plans.first().lines.filter(text="Отивам при леля").exists()
    other.send(step="Излизам\nОбаждам се\nОтивам при леля")
    assert file.safety_plans.first().lines.filter(kind="step").count() == 3


def crisis_of(file):
    actor = make.as_actor(file.lead)
    signal = actions.receive_signal(actor, file, source="school", what="Синини", received_at=clock.now())
    return actor, signal


def test_what_was_typed_about_a_step_a_colleague_ended_is_shown():
    file = make.file()
    actor, signal = crisis_of(file)
    step = actions.add_step(actor, signal.crisis, kind="call", text="Обаждане до ДСП", who="Мая")
    _one, other = two(file, "crisis/1/", "result")
    actions.end_step(actor, step, done=True, result="Вдигнаха.")
    page = other.send("done", result="Звънях два пъти, никой.")
    assert "Звънях два пъти, никой." in page
    assert "Вдигнаха." in page
    step.refresh_from_db()
    assert step.result == "Вдигнаха."


def test_a_finding_written_after_a_colleagues_is_shown():
    file = make.file()
    actor, signal = crisis_of(file)
    _one, other = two(file, "crisis/1/", "assess-finding")
    actions.assess_signal(actor, signal, finding="Видяхме детето.", danger="none")
    page = other.send("assess", **{"assess-finding": "Говорих с майката.", "assess-danger": "later"})
    assert "Говорих с майката." in page
    assert "вече е оценен" in page
    signal.refresh_from_db()
    assert (signal.finding, signal.danger) == ("Видяхме детето.", "none")


def test_a_closing_written_after_a_colleagues_is_shown():
    file = make.file()
    actor, signal = crisis_of(file)
    actions.assess_signal(actor, signal, finding="Видяхме детето.", danger="none")
    _one, other = two(file, "crisis/1/", "close-closing")
    actions.close_crisis(actor, signal.crisis, outcome="unfounded", closing="Работим по плана.")
    page = other.send("close", **{"close-closing": "Майката чака среща.", "close-outcome": "safe_home"})
    assert "Майката чака среща." in page
    assert file.crises.get().closing == "Работим по плана."


def test_two_levels_of_risk_both_stay():
    file = make.file()
    one, other = two(file, "crisis/risk/", "why")
    one.send(why="Сама е вечер.", level="1", raises="Тъмно")
    other.send(why="Бащата се върна.", level="1", protects="Баба")
    assert set(file.risks.values_list("why", flat=True)) == {"Сама е вечер.", "Бащата се върна."}


# --- forms of a toolkit


def two_at_a_form():
    file = make.file()
    head = make_ending.head_of(file.service)
    toolkit = actions.take_toolkit(head, file.service, "day_centre")
    made = actions.begin_form(make.as_actor(file.lead), file, toolkit, "plan")
    one, other = two(file, f"forms/{made.pk}/", "q:home.contact")
    return one, other, lambda: ToolkitAnswers.objects.get().answers


def test_answers_of_a_form_that_two_people_fill():
    one, other, now = two_at_a_form()
    one.send("save", **{"q:home.family_does": "Води детето.", "q:week.speech": "4"})
    other.send("save", **{"q:home.contact": "Ходи само."})
    assert (now()["home"]["family_does"], now()["week"]["speech"]) == ("Води детето.", 4)
    assert now()["home"]["contact"] == "Ходи само."


def test_an_answer_both_changed_is_shown_and_the_rest_comes_from_the_colleague():
    one, other, now = two_at_a_form()
    one.send("save", **{"q:home.family_does": "Води детето.", "q:home.contact": "Ходи само."})
    page = other.send("save", **{"q:home.family_does": "Помага вкъщи."})
    assert "Води детето." in page
    assert other.fields["q:home.family_does"] == ["Помага вкъщи."]
    assert other.fields["q:home.contact"] == ["Ходи само."]
    assert now()["home"]["family_does"] == "Води детето."
    other.send("save")
    assert now()["home"]["family_does"] == "Помага вкъщи."


def test_a_form_that_is_not_ready_does_not_meet_what_its_own_writer_saved():
    one, _other, now = two_at_a_form()
    one.send("finish", **{"q:home.family_does": "Води детето."})
    one.send("save", **{"q:home.family_does": "Води детето всеки ден."})
    assert now()["home"]["family_does"] == "Води детето всеки ден."


# --- forms that are sent once


def test_a_death_two_people_note():
    file = make.file()
    head = make.person_in(file.service, "service_manager")
    at = f"/files/{file.code}/data/death/"
    one, other = (Hands(people.client_of(user), at, at="ground") for user in (file.lead, head))
    one.send(on="01.11.2026", ground="Висящо дело.")
    page = other.send(on="01.11.2026", ground="Наследници.")
    assert "Висящо дело." in page
    assert file.death.ground == "Висящо дело."
    other.send()
    file.death.refresh_from_db()
    assert file.death.ground == "Наследници."


def test_a_session_of_a_group_two_people_write_is_two_sessions():
    file = make.file()
    head = make.person_in(file.service, "service_manager")
    group = actions.make_group(make.as_actor(head), file.service, name="Рисуване", lead=file.lead)
    actions.bring_in(make.as_actor(head), group, [file], since=group.began_on)
    at = f"/files/groups/{group.code}/session/"
    one, other = (Hands(people.client_of(user), at, at="topic") for user in (file.lead, head))
    one.send(topic="Дърво")
    other.send(topic="Къща")
    assert set(group.sessions.values_list("topic", flat=True)) == {"Дърво", "Къща"}


def test_a_consent_is_withdrawn_once_and_the_second_hears_when():
    file = make.file()
    actor = make.as_actor(file.lead)
    giver = actions.add_relative(actor, file, {"kind": "mother", "first_name": "Мая", "decides": True})
    given = actions.give_consent(
        actor, file, purpose=Consent.PURPOSES[0][0], how="paper", giver=giver, since=file.wished_on
    )
    one, other = two(file, f"consents/{given.pk}/withdraw/", "on")
    day = f"{file.wished_on:%d.%m.%Y}"
    one.send(on=day, by=str(giver.pk))
    assert "вече е оттеглено" in other.send(on=day, by=str(giver.pk))
    given.refresh_from_db()
    assert given.withdrawal_noted_by == file.lead.name
