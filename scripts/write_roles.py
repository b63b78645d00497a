"""Write docs/roles.md from the code: `python scripts/write_roles.py`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OPORA_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings")

import django  # noqa: E402

django.setup()

from opora.foundation.accounts import matrix  # noqa: E402

(ROOT / "docs" / "roles.md").write_text(matrix.markdown(), encoding="utf-8")
