"""A wrong environment is refused before anything is written, with the reason and the mend (S5, R22)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust.houses import House, production

GOOD = "k" * 64


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"OPORA_SECRET_KEY": ""}, "OPORA_SECRET_KEY is not set"),
        ({"OPORA_SECRET_KEY": "short"}, "shorter than 50"),
        ({"OPORA_SECRET_KEY": GOOD, "OPORA_KEY_DIR": "{folder}/data/keys"}, "OPORA_KEY_DIR must lie outside"),
        ({"OPORA_SECRET_KEY": GOOD, "OPORA_HEADS_DIR": "{folder}/data"}, "OPORA_HEADS_DIR must lie outside"),
        ({"OPORA_SECRET_KEY": GOOD, "OPORA_MODE": "productoin"}, "expected one of production"),
    ],
    ids=["no secret", "short secret", "keys beside data", "heads beside data", "misspelt mode"],
)
def test_it_does_not_start(tmp_path: Path, given: dict[str, str], reason: str) -> None:
    said = {name: value.format(folder=tmp_path) for name, value in given.items()}
    done = House(tmp_path, "production", said).opora("migrate")
    assert done.returncode == 1
    assert "Опора не може да тръгне" in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.slow
def test_the_server_refuses_a_database_that_is_not_up_to_date(tmp_path: Path) -> None:
    done = production(tmp_path).opora("serve", "--bind", "127.0.0.1:1")
    assert done.returncode == 1
    assert "opora migrate" in done.stderr


@pytest.mark.slow
def test_the_demonstration_refuses_a_database_with_real_accounts(tmp_path: Path) -> None:
    real = production(tmp_path).migrated()
    made = real.python("from opora.foundation.accounts.tests import make\nmake.user('evaluator')")
    assert made.returncode == 0, made.stderr
    done = House(tmp_path, "demo").opora("demo", "--prepare")
    assert done.returncode != 0
    assert "OPORA_DATA_DIR" in done.stdout + done.stderr
