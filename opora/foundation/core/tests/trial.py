"""A trial that kills: a program in a process of its own, on a database file and in folders of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR")


@dataclass(frozen=True)
class Trial:
    """The folder of one trial; the fixture `trial` puts an empty database into it."""

    folder: Path

    @property
    def data(self) -> Path:
        """Where its data lie."""
        return self.folder / "opora_data_dir"

    @property
    def database(self) -> Path:
        """Its database."""
        return self.data / "trial.sqlite3"

    def run(self, module: str, *words: object, seconds: float = 600) -> subprocess.CompletedProcess[str]:
        """The program with these words, in an environment with nothing else of Opora's."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OPORA_")}
        environment |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
        environment |= {name: str(self.folder / name.lower()) for name in FOLDERS}
        environment["OPORA_DATABASE_URL"] = f"sqlite:///{self.database}"
        command = [sys.executable, "-m", module, *map(str, words)]
        return subprocess.run(
            command, check=False, env=environment, capture_output=True, text=True, timeout=seconds
        )

    def passed(self, module: str, *words: object, seconds: float = 600) -> str:
        """What it said; it must end well."""
        ran = self.run(module, *words, seconds=seconds)
        assert ran.returncode == 0, ran.stdout + ran.stderr[-3000:]
        return ran.stdout

    def kills_met(self, module: str, *words: object, seconds: float = 600) -> dict[str, int]:
        """How many kills met the work, by where they met it; the trial says it in its last line."""
        said = self.passed(module, *words, seconds=seconds)
        print(said)
        found = re.search(r"^(\d+) kills met the work: \{(.*)\}$", said, re.MULTILINE)
        assert found, said
        places = {place: int(number) for place, number in re.findall(r"'([\w ]+)': (\d+)", found[2])}
        assert int(found[1]) == sum(places.values())
        return places
