"""The JSON face: the same answers as the functions, null where a fact is not known."""

import json

from opora.engines.matching import Criteria, rank
from opora.engines.matching.tests import make
from opora.engines.matching.wire import FACE

CHILD = {"id": "c", "ages": [7], "place": [43.14, 24.72], "needs": [{"code": "speech"}]}
FAMILY = {
    "id": "f", "approved": True, "free": 1, "ages": [3, 12], "place": [43.14, 24.72],
    "covers": {"speech": True}, "languages": None,
}  # fmt: skip


def _asked(**document: object) -> dict:
    return json.loads(json.dumps(FACE.run({"child": CHILD, "families": [FAMILY], **document})))


def test_a_shortlist_is_that_of_the_function() -> None:
    fit = _asked()["fits"][0]
    same = rank(make.child(needs=("speech",)), [make.family(covers={"speech": True})], Criteria())[0]
    assert (fit["family"], fit["score"], fit["standing"]) == (same.family, same.score, same.standing)
    assert fit["for"][0]["bg"] == "Покрита нужда: speech."


def test_why_not_and_together_answer_too() -> None:
    told = _asked(do="why_not", family="f", families=[{**FAMILY, "free": 0}])
    assert told["fit"]["hard_unmet"][0]["bg"] == "Местата не стигат: свободни 0, нужни 1."
    assert _asked(do="together", children=[CHILD])["pairs"] == [{"child": "c", "family": "f", "score": 100.0}]


def test_the_price_of_a_deviation_can_be_asked() -> None:
    second = {**FAMILY, "id": "g", "ages": [8, 12]}
    told = _asked(do="together", children=[CHILD], families=[FAMILY, second], deviations=[["c", "g"]])
    assert told["deviations"][0]["price"] == 6
    assert (
        told["deviations"][0]["reason"]["bg"] == "Ако c отиде в семейство g, общият сбор намалява с 6 точки."
    )


def test_weights_can_be_given() -> None:
    document = {
        "criteria": {"need": 5},
        "families": [{**FAMILY, "covers": {"speech": False}, "stands": {"speech": "acceptable"}}],
    }
    assert _asked(**document)["fits"][0]["score"] == 95


def test_the_example_can_be_tried() -> None:
    first, second = FACE.run(FACE.example)["fits"]
    assert (first["family"], first["standing"], second["standing"]) == ("Иванови", "fits", "near")
    assert first["unknown"][0]["ask"]["bg"] == "Не знаем: отношение към контакти с баба → попитайте."
