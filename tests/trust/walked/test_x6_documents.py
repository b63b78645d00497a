"""X6: every paper of the demonstration as it is printed: A4, nothing cut, Cyrillic that can be selected, page x of y."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from opora.care.casework.models import ClientFile
from opora.care.protection.models import Breach, RulesEdition
from opora.evidence.monitoring.models import Visit
from opora.improvement.practice.models import Award, Period, Practice
from opora.planning.needs.models import Analysis
from opora.register.models import Organisation

# On one database: no paper asks one of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
