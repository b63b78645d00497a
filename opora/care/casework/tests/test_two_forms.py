"""R12 as the pages send it: two people with one part of an assessment open, each changes some fields, in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from opora.care.casework import actions, assessing
from opora.care.casework.models import AssessmentPart
from opora.care.casework.tests import make
from opora.care.casework.tests.test_two_workers import EXAMPLES, options
from opora.foundation.core import shown
from opora.foundation.core.errors import Clash

WHO = st.sampled_from([0, 1])
TEXTS = ("situation", "strengths")


class TwoForms(RuleBasedStateMachine):
    """Each has a form: the values it shows, and the marks and version the page came with. `stands` is what must stand."""

    marked = True
    met = 0
    """How often both had changed one field, in all runs."""

    @initialize()
    def begin(self):
        file = make.file()
        colleague = make.person_in(file.service, "specialist")
        file.members.create(user=colleague, part="specialist", since=file.wished_on, given_by="проба")
        self.people = [make.as_actor(file.lead), make.as_actor(colleague)]
        self.part = actions.begin_assessment(self.people[0], file).parts.get(domain="social")
        self.number = 0
        self.stands = assessing.values(self.part)
        self.forms = [self.opened(), self.opened()]

    def opened(self):
        part = AssessmentPart.objects.get(pk=self.part.pk)
        now = assessing.values(part)
        return {"shown": now, "typed": {}, "seen": shown.marks(now), "version": part.version}

    @rule(who=WHO)
    def open(self, who):
        """Leave the page, with whatever was typed, and open it anew."""
        self.forms[who] = self.opened()

    @rule(who=WHO, field=st.sampled_from(TEXTS))
    def type(self, who, field):
        self.number += 1
        self.forms[who]["typed"][field] = f"текст {self.number}"

    @rule(first=WHO, field=st.sampled_from(TEXTS))
    def meet(self, first, field):
        """Both change one field, on whatever pages they have, and save one after the other."""
        self.type(first, field)
        self.type(1 - first, field)
        self.save(first)
        self.save(1 - first)

    @rule(who=WHO, need=st.integers(0, 4))
    def choose(self, who, need):
        self.forms[who]["typed"]["need"] = need

    @rule(who=WHO)
    def save(self, who):
        form = self.forms[who]
        said, seen = form["shown"] | form["typed"], form["seen"] if self.marked else ""
        stood = dict(self.stands)
        version = form["version"] if self.marked else AssessmentPart.objects.get(pk=self.part.pk).version
        try:
            actions.save_part(self.people[who], self.part, said, version=version, seen=seen)
        except Clash as clash:
            both = shown.met(said, assessing.values(clash.theirs), seen)
            assert both, "refused though no field was changed by both"
            assert all(stood[field] != form["shown"][field] for field in both)
            TwoForms.met += 1
            self.forms[who] = self.opened() | {"typed": form["typed"]}  # both are on the page now
            return
        for field, text in stood.items():
            unseen = text != form["shown"][field]
            mine = form["typed"].get(field, form["shown"][field])
            changed = field in form["typed"] and mine != form["shown"][field]
            now = getattr(AssessmentPart.objects.get(pk=self.part.pk), field)
            assert now == text or (changed and not unseen), f"lost: „{text}“ of {field} was never seen"
            self.stands[field] = mine if changed else text
        self.forms[who] = self.opened()

    @invariant()
    def what_was_acknowledged_stands(self):
        if hasattr(self, "forms"):
            assert assessing.values(AssessmentPart.objects.get(pk=self.part.pk)) == self.stands


class Unmarked(TwoForms):
    """The whole form written over what stands, as if a page did not know what it had shown."""

    marked = False


@pytest.mark.django_db
def test_no_field_is_lost_in_a_few_hundred_steps() -> None:
    run_state_machine_as_test(TwoForms, settings=options(8))


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.django_db
def test_no_field_is_lost_in_fifteen_thousand_steps() -> None:
    TwoForms.met = 0
    run_state_machine_as_test(TwoForms, settings=options(EXAMPLES))
    assert TwoForms.met >= 300, "the two hardly ever met"


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.django_db
def test_without_the_marks_the_trial_finds_the_lost_field() -> None:
    with pytest.raises(AssertionError, match="lost"):
        run_state_machine_as_test(Unmarked, settings=settings(options(100), phases=[Phase.generate]))
