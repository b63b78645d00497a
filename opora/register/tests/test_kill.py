"""Killed in the middle of accepting a workbook: all of it stands, or nothing (R4)."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from opora.register.tests.workbooks import line, workbook

SERVICES = 40
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from opora.register.tests import make
make.settlement(); make.service_type()
"""
ACCEPT = """
import sys, django; django.setup()
from opora.register.imports import import_register
print("ready", flush=True)
assert import_register(sys.argv[1]).ok
print("done", flush=True)
"""
LOOK = """
import django; django.setup()
from opora.register.models import Organisation, RegisterImport, Service, Figure
print(Service.objects.count(), Figure.objects.count(), RegisterImport.objects.count(), Organisation.objects.count())
"""


@pytest.mark.slow
def test_killed_imports_leave_all_or_nothing(tmp_path):
    environment = os.environ | {
        "OPORA_DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "OPORA_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings",
    }
    file = tmp_path / "register.xlsx"
    file.write_bytes(workbook([line(f"K-{n}", name=f"Услуга {n}") for n in range(SERVICES)]))
    run = {"env": environment, "stdout": subprocess.PIPE, "text": True}
    subprocess.run([sys.executable, "-c", PREPARE], check=True, **run)
    dice = random.Random(4)
    for _ in range(int(os.environ.get("OPORA_KILLS", "6"))):
        child = subprocess.Popen([sys.executable, "-c", ACCEPT, str(file)], **run)
        assert child.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0, 0.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen = subprocess.run([sys.executable, "-c", LOOK], check=True, **run).stdout.split()
        assert seen in (["0", "0", "0", "0"], [str(SERVICES), str(SERVICES * 2), "1", "1"]), seen
    subprocess.run([sys.executable, "-c", ACCEPT, str(file)], check=True, **run)
    seen = subprocess.run([sys.executable, "-c", LOOK], check=True, **run).stdout.split()
    assert seen == [str(SERVICES), str(SERVICES * 2), "1", "1"]
