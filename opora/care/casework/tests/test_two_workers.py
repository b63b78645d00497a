"""R12: two workers, one plan and one assessment, whatever they do in whatever order; no acknowledged text is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from opora.care.casework import actions
from opora.care.casework.models import AssessmentPart, Goal
from opora.care.casework.tests import make
from opora.foundation.core.errors import Clash

EXAMPLES, STEPS = 150, 100
"""15,000 steps. Long ways meet more often than short ones, and a file is made anew for each."""
WHO = st.sampled_from([0, 1])


class TwoWorkers(RuleBasedStateMachine):
    """Each worker sees what they last opened. `stands` is what must stand: the last text that was acknowledged."""

    versioned = True

    @initialize()
    def begin(self):
        file = make.file()
        colleague = make.person_in(file.service, "specialist")
        file.members.create(user=colleague, part="specialist", since=file.wished_on, given_by="проба")
        self.people = [make.as_actor(file.lead), make.as_actor(colleague)]
        self.plan = make.plan(self.people[0], file)
        self.goal = make.goal(self.people[0], self.plan, "social", title="0")
        self.part = actions.begin_assessment(self.people[0], file).parts.get(domain="social")
        self.number = 0
        self.stands = {"goal": "0", "part": ""}
        self.seen = {(who, what): None for who in (0, 1) for what in self.stands}
        for who in (0, 1):
            self.open(who, "goal")
            self.open(who, "part")

    @rule(who=WHO, what=st.sampled_from(["goal", "part"]))
    def open(self, who, what):
        """Look at it: the text and the version it had."""
        self.seen[who, what] = self.now(what)

    @rule(who=WHO)
    def write_goal(self, who):
        text = self.fresh()
        self.write(who, "goal", text, lambda version: make.goal(
            self.people[who], self.plan, "social", title=text, goal=self.goal, version=version
        ))  # fmt: skip

    @rule(who=WHO)
    def write_part(self, who):
        text = self.fresh()
        said = {"need": 2, "situation": text, "strengths": "", "source": "observation"}
        self.write(who, "part", text, lambda version: actions.write_part(
            self.people[who], self.part, said, version=version
        ))  # fmt: skip

    @rule(who=WHO)
    def same_again(self, who):
        """Saving what stands, unchanged, overwrites nobody."""
        said = {"need": 2, "situation": self.stands["part"], "strengths": "", "source": "observation"}
        if self.stands["part"]:
            actions.write_part(self.people[who], self.part, said, version=self.seen[who, "part"][1])

    def write(self, who, what, text, do):
        seen, stood = self.seen[who, what], self.now(what)
        try:
            do(seen[1] if self.versioned else stood[1])
        except Clash as clash:
            assert seen != stood, "refused though nobody wrote meanwhile"
            theirs = clash.theirs.title if what == "goal" else clash.theirs.situation
            assert theirs == self.stands[what], (
                "both texts are shown: mine is in my form, theirs comes with the refusal"
            )
            self.seen[who, what] = stood
        else:
            assert seen[0] == stood[0], f"lost: „{stood[0]}“ was never seen by who overwrote it"
            self.stands[what] = text
            self.seen[who, what] = self.now(what)

    def now(self, what):
        if what == "goal":
            return Goal.objects.values_list("title", "version").get(pk=self.goal.pk)
        return AssessmentPart.objects.values_list("situation", "version").get(pk=self.part.pk)

    def fresh(self):
        self.number += 1
        return str(self.number)

    @invariant()
    def what_was_acknowledged_stands(self):
        if hasattr(self, "seen"):
            assert {what: self.now(what)[0] for what in self.stands} == self.stands


class Careless(TwoWorkers):
    """The same without the version a worker saw: the trial must find the lost text."""

    versioned = False


def options(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.django_db
def test_no_text_is_lost_in_a_few_hundred_steps() -> None:
    run_state_machine_as_test(TwoWorkers, settings=options(8))


@pytest.mark.once  # one transaction of 15,000 updates: PostgreSQL reads through every dead version of the row
@pytest.mark.slow
@pytest.mark.django_db
def test_no_text_is_lost_in_fifteen_thousand_steps() -> None:
    run_state_machine_as_test(TwoWorkers, settings=options(EXAMPLES))


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.django_db
def test_without_the_version_the_trial_finds_the_lost_text() -> None:
    with pytest.raises(AssertionError, match="lost"):
        run_state_machine_as_test(Careless, settings=settings(options(EXAMPLES), phases=[Phase.generate]))
