"""The specialist's way through HTTP: link, code, question, opinion, receipt; and the ways in which a link is dead (S20)."""


import pytest
from django.test import Client

from opora.care.casework.models import Opinion
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return make.file()


def address(secret: str) -> str:
    return f"/files/opinion/{secret}/"


def opened(file, domains=("social",), **said):
    """A browser that has shown the code, the request and its secret."""
    request, secret, code = make.asked(file, domains, **said)
    client = Client()
    answer = client.post(address(secret), {"code": code})
    assert answer.status_code == 302
    return client, request, secret


def words(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def test_the_whole_way_from_question_to_receipt(file) -> None:
    client, request, secret = opened(file)
    page = words(client.get(address(secret)))
    for said in ("Може ли да спортува?", "К. И.", "Не говори с други деца.", "Социални връзки"):
        assert said in page
    for hidden in ("Калина", "Измислена", file.code, "Трудно изговаря"):
        assert hidden not in page
    answer = client.post(
        address(secret),
        {"text": "Да, с плуване.", "need_social": "1", "text_social": "Движи се добре.", "do": "send"},
    )
    assert answer.headers["Location"] == "/files/opinion/receipt/"
    receipt = words(client.get("/files/opinion/receipt/"))
    opinion = Opinion.objects.get()
    assert opinion.receipt in receipt
    assert opinion.digest[:16] in receipt
    assert "Калина" not in receipt
    assert (opinion.by, opinion.profession, opinion.organisation) == ("Тодор Стаменски", "ортопед", "Болница")
    team = people.client_of(file.lead)
    page = words(team.get(f"/files/{file.code}/opinions/"))
    for said in (
        "Да, с плуване.",
        "Движи се добре.",
        "Тодор Стаменски",
        "Степените се разминават: от 1 до 3",
    ):
        assert said in page
    assert "Движи се добре." in words(team.get(f"/files/{file.code}/assessment/"))
    assert "Отговор на въпроса „Може ли да спортува?“" in words(team.get(f"/files/{file.code}/"))
