"""States of a card: who may bring it where, and what stands in the way."""

from __future__ import annotations

import pytest

from opora.evidence.survey import actions, queries, stages
from opora.evidence.survey.models import Answer, Card, QuestionCheck, Submission
from opora.evidence.survey.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
ALL = list(stages.STAGES)


def act(verb: str, card: Card) -> None:
    """One action by the person whose it is."""
    over = make.coordinator()
    match verb:
        case "submit":
            actions.submit_card(make.manager(card.service), card, key="again")
        case "return":
            actions.return_card(over, card, reason="Допълнете.")
        case "verify":
            actions.verify_card(over, card)
        case "excuse":
            actions.excuse_card(over, card, reason="Ремонт.")
        case "expect":
            actions.expect_again(over, card)


ALLOWED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("verified", "return"): "returned",
    ("submitted", "verify"): "verified",
    ("not_started", "excuse"): "excused",
    ("draft", "excuse"): "excused",
    ("submitted", "excuse"): "excused",
    ("returned", "excuse"): "excused",
    ("excused", "expect"): "not_started",
}


@pytest.mark.parametrize("verb", ["submit", "return", "verify", "excuse", "expect"])
@pytest.mark.parametrize("stage", ALL)
def test_each_action_from_each_state(stage, verb):
    card = make.card(stage=stage)
    wanted = ALLOWED.get((stage, verb))
    if wanted is None:
        with pytest.raises(ActionRefused):
            act(verb, card)
        assert Card.objects.get().stage == stage
    else:
        act(verb, card)
        assert Card.objects.get().stage == wanted
        assert Card.objects.get().stages.first().stage == wanted


def test_a_card_with_something_missing_or_wrong_is_not_sent():
    card = make.card(stage=stages.DRAFT, answers={"needs": {"lacks": "yes"}})
    with pytest.raises(ActionRefused, match="1 отговор"):
        act("submit", card)
    wrong = {"places": {"capacity": 5, "occupied": 9}}
    saved = queries.draft_of(make.manager(card.service), card)
    actions.save_card(make.manager(card.service), card, saved.data | wrong, base_version=saved.version)
    with pytest.raises(ActionRefused, match="2 отговора"):
        act("submit", card)
    assert not Submission.objects.exists()
    assert not Answer.objects.exists()


def test_sending_twice_with_one_key_is_one_submission():
    card = make.card(stage=stages.DRAFT)
    by = make.manager(card.service)
    one = actions.submit_card(by, card, key="същият")
    two = actions.submit_card(by, card, key="същият")
    assert one == two
    assert Submission.objects.count() == 1
    with pytest.raises(ActionRefused):
        actions.submit_card(by, card, key="друг")


def test_answers_that_no_longer_apply_are_kept_in_the_draft_and_left_out_of_what_is_sent():
    card = make.card(stage=stages.DRAFT, answers={"needs": {"lacks": "no", "whom": "логопед"}})
    sent = actions.submit_card(make.manager(card.service), card, key="k")
    assert sent.answers["needs"] == {"lacks": "no"}
    assert queries.draft_of(make.manager(card.service), card).data["needs"]["whom"] == "логопед"


def test_answers_are_laid_out_for_statistics_and_replaced_at_the_next_sending():
    card = make.card(stage=stages.RETURNED)
    rows = {(a.question, a.path): (a.text, a.number) for a in Answer.objects.filter(card=card)}
    assert rows["places.capacity", "places.capacity"] == ("30", 30.0)
    assert rows["staff.filled", "staff[0].filled"] == ("0.5", 0.5)
    assert rows["needs.target", "needs.target"] == ("children_disabilities", None)
    assert rows["people", "people"] == ("0.5", 0.5)
    by = make.manager(card.service)
    saved = queries.draft_of(by, card)
    changed = saved.data | {"places": saved.data["places"] | {"capacity": 44}}
    actions.save_card(by, card, changed, base_version=saved.version)
    again = actions.submit_card(by, card, key="2")
    assert again.receipt.endswith("/2")
    assert Answer.objects.get(card=card, question="places.capacity").number == 44
    assert [s.answers["places"]["capacity"] for s in card.submissions.all()] == [44, 30]


def test_a_reason_must_be_given():
    for action in (actions.return_card, actions.excuse_card):
        with pytest.raises(ActionRefused, match="Напишете"):
            action(make.coordinator(), make.card(stage=stages.SUBMITTED), reason="  ")


def test_a_card_with_an_open_question_is_returned_not_verified():
    card = make.card(stage=stages.SUBMITTED)
    over = make.coordinator()
    with pytest.raises(ActionRefused, match="какво да се уточни"):
        actions.check_question(over, card, "places.fee", outcome="query")
    actions.check_question(over, card, "places.fee", outcome="query", note="Колко е таксата?")
    with pytest.raises(ActionRefused, match="1 въпрос чака"):
        actions.verify_card(over, card)
    actions.check_question(over, card, "places.fee", outcome="ok")
    actions.verify_card(over, card)
    assert QuestionCheck.objects.get().outcome == "ok"


def test_a_contact_is_remembered():
    card = make.card()
    actions.note_contact(make.coordinator(), card, what="разговор по телефона")
    fresh = Card.objects.get()
    assert fresh.last_contact == "разговор по телефона"
    assert fresh.last_contact_at


FILLS = {
    "service_manager": True,
    "municipality_expert": True,
    "regional_coordinator": True,
    "national_admin": True,
}
VERIFIES = {"regional_coordinator": True, "national_admin": True}


@pytest.mark.parametrize("role", list(people.ACCOUNT_ROLES))
def test_what_each_role_may_do_with_a_card_of_its_place(role):
    service = register.service("Услуга")
    card = make.card(stage=stages.SUBMITTED, service=service)
    scope = service.path if role == "service_manager" else people.scope_of(role, None)
    if role in ("case_manager", "specialist", "external_specialist"):
        scope = service.path
    actor = people.actor(role, scope)
    check(VERIFIES.get(role, False), actions.return_card, actor, card, reason="Допълнете.")
    returned = Card.objects.get()
    if returned.stage != stages.RETURNED:
        actions.return_card(make.coordinator(), returned, reason="Допълнете.")
    check(
        FILLS.get(role, False), actions.save_card, actor, Card.objects.get(), make.whole(card), base_version=0
    )


def test_nobody_does_anything_outside_his_place():
    card = make.card(stage=stages.SUBMITTED)
    for actor in (make.coordinator("BG/KRZ"), make.manager(register.service("Друга"))):
        check(False, actions.return_card, actor, card, reason="Допълнете.")
        check(False, actions.save_card, actor, card, {}, base_version=0)
        assert queries.card_by_code(actor, card.code) is None
        assert list(queries.rounds(actor)) in ([], [card.round])


def check(may: bool, action, actor, *args, **given) -> None:
    """The action passes, or is refused as not allowed."""
    if not may:
        with pytest.raises(NotAllowed):
            action(actor, *args, **given)
        return
    try:
        action(actor, *args, **given)
    except NotAllowed:
        raise
    except ActionRefused:
        pass
