"""Text of a person in a cell: never run, and the same when it comes back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.core.cells import neutral, plain

ANY = st.text("'=+-@ \t\nаб1", max_size=12)


@given(ANY)
def test_what_was_written_comes_back(text: str) -> None:
    assert plain(neutral(text)) == text


@given(ANY)
def test_nothing_runs(text: str) -> None:
    assert not re.match(r"\s*[=+\-@]|[\t\r\n]", neutral(text))


@pytest.mark.parametrize(
    ("text", "cell"), [("'-00", "''-00"), ("=1+1", "'=1+1"), ("'добре'", "'добре'"), ("", "")]
)
def test_a_text_that_looks_marked_is_marked_again(text: str, cell: str) -> None:
    assert neutral(text) == cell
