"""X9: no form of the house with a box for words loses them: the server keeps what is typed until it is sent."""

from __future__ import annotations

import re

import pytest

from tests.trust.walked.conftest import Walked

pytestmark = pytest.mark.django_db
FORM = re.compile(r"<form[^>]*method=\"post\"[^>]*>.*?</form>", re.S)
OWN_WAYS = ("data-keep", "data-filler", "data-marks")
"""A note, a card and the marks of a visit have drafts of their own."""


def test_every_form_for_words_keeps_them(walked: Walked) -> None:
    forms = {
        (one.path, form.partition(">")[0])
        for one in walked.steps
        if one.is_page and one.who
        for form in FORM.findall(one.body.decode())
        if "<textarea" in form and "readonly" not in form
    }
    assert len(forms) > 40
    assert [
        one for one in sorted(forms) if not any(way in one[1] for way in ("data-op-words", *OWN_WAYS))
    ] == []


def test_a_visitor_is_kept_nothing(walked: Walked) -> None:
    """Whoever came by a link without an account has no drafts but those of the link itself."""
    assert [one.path for one in walked.steps if not one.who and b"data-op-words" in one.body] == []
