"""Two people with the same form of the register open (R12): nothing of either is lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from opora.foundation.accounts.tests import make as people
from opora.foundation.ui.tests.hands import Hands
from opora.register import actions
from opora.register.models import Professional, ServiceType
from opora.register.staff import Staff
from opora.register.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    make.settlement()
    return make.service("Център Надежда", code="LOV-1", where=make.municipality("LOV18"))


def two(where, at, role="regional_coordinator", scope="BG/LOV"):
    return [Hands(people.client_for(role, scope), where, at=at) for _n in range(2)]


def test_the_record_of_a_service(service):
    child = make.target_group()
    one, other = two("/register/LOV-1/edit/", "new_eik")
    one.send(phone="0678 1", complex="Комплекс Изток", target_groups=str(child.pk))
    other.send(head="Ана Стоева", opened_on="01.02.2020")
    service.refresh_from_db()
    assert (service.phone, service.head, service.opened_on) == ("0678 1", "Ана Стоева", dt.date(2020, 2, 1))
    assert service.complex.name == "Комплекс Изток"
    assert list(service.target_groups.all()) == [child]


def test_what_both_changed_in_a_service_is_shown_first(service):
    one, other = two("/register/LOV-1/edit/", "new_eik")
    one.send(phone="0678 1", settlement="Ловеч", complex="Изток")
    page = other.send(phone="0678 2")
    assert "0678 1" in page
    assert (other.fields["phone"], other.fields["complex"]) == (["0678 2"], ["Изток"])
    service.refresh_from_db()
    assert service.phone == "0678 1"
    other.send()
    service.refresh_from_db()
    assert (service.phone, service.complex.name) == ("0678 2", "Изток")


def test_numbers_of_a_day(service):
    one, other = two("/register/LOV-1/figures/", "occupied")
    one.send(occupied="10", source="отчет")
    other.send(waiting="3", source="разговор")
    service.refresh_from_db()
    assert (service.occupied, service.waiting) == (10, 3)
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(occupied="12", source="отчет")
    page = other.send(occupied="11", source="разговор")
    assert "12" in page
    service.refresh_from_db()
    assert service.occupied == 12
    other.send()
    service.refresh_from_db()
    assert service.occupied == 11


def posts(service):
    return {one.profession: (one.posts, one.filled) for one in service.posts.all()}


def test_the_staff_list_row_by_row(service):
    rows = [Staff("логопед", Decimal(1), Decimal(1)), Staff("социален работник", Decimal(2), Decimal(1))]
    actions.set_posts(make.actor(), service, rows)
    one, other = two("/register/LOV-1/staff/", "posts-0-profession")
    one.send(**{"posts-2-profession": "психолог", "posts-2-posts": "1", "posts-2-filled": "0,5"})
    other.send(**{"posts-0-posts": "1,5"})
    assert posts(service) == {
        "логопед": (Decimal("1.5"), Decimal(1)),
        "социален работник": (Decimal(2), Decimal(1)),
        "психолог": (Decimal(1), Decimal("0.5")),
    }


def test_a_row_of_the_staff_list_both_changed(service):
    actions.set_posts(make.actor(), service, [Staff("логопед", Decimal(1), Decimal(1))])
    one, other = two("/register/LOV-1/staff/", "posts-0-profession")
    one.send(**{"posts-0-posts": "3", "posts-1-profession": "психолог", "posts-1-posts": "1"})
    page = other.send(**{"posts-0-posts": "2"})
    assert "логопед: 3 / 1" in page
    assert posts(service)["логопед"][0] == 3
    other.send()
    assert posts(service) == {"логопед": (Decimal(2), Decimal(1)), "психолог": (Decimal(1), Decimal(0))}


def test_a_professional(service):
    found = Professional.objects.create(
        name="Тодор", profession="ортопед", municipality=service.municipality, path=service.municipality.path
    )
    one, other = two(f"/register/professionals/{found.pk}/", "employer")
    one.send(phone="0678 1")
    other.send(employer="Болница")
    found.refresh_from_db()
    assert (found.phone, found.employer) == ("0678 1", "Болница")
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(phone="0678 2")
    assert "0678 2" in other.send(phone="0678 3")
    found.refresh_from_db()
    assert found.phone == "0678 2"
    one.client.post(one.where, {"step": "remove"})
    assert "вече е махнат" in other.send() or other.status == 404


def test_a_type_in_the_code_list(service):
    kind = ServiceType.objects.get(pk=service.type_id)
    one, other = two(f"/register/types/{kind.code}/", "max_stay", "national_admin", "BG")
    one.send(max_stay="6 месеца")
    other.send(source="ЗСУ чл. 15")
    kind.refresh_from_db()
    assert (kind.max_stay, kind.source) == ("6 месеца", "ЗСУ чл. 15")
    one.read(one.client.get(one.where))
    other.read(other.client.get(other.where))
    one.send(max_stay="12 месеца")
    assert "12 месеца" in other.send(max_stay="без срок")
    kind.refresh_from_db()
    assert kind.max_stay == "12 месеца"
