"""The whole country in one database: how long it takes to make, its heaviest pages, and the analysis of all 28 regions.

Run: python bench/nation.py [folder]. Without a folder it makes `opora demo --scale nation` in a temporary one (some
minutes); with one it uses or fills that and leaves it there. Pages go through the whole stack, signed in as the national
administrator. The analysis is the job a person starts, done by `opora worker --once`; its baseline reads the same
answers and makes one frequency table per question and region with plain Python, of the thirty tables an analysis holds.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
COMMAND = [sys.executable, "-m", "opora.config.cli"]
ADDRESSES = {
    "service page": "/register/BGS-01/",
    "list, first page": "/register/",
    "list, every service": "/register/?page=all",
    "map of services": "/register/map/",
    "rounds": "/survey/",
    "board of the country": "/survey/rounds/{round}/",
    "answers by question": "/survey/rounds/{round}/questions/",
    "one question": "/survey/rounds/{round}/questions/needs.specialists/",
    "cards of one question": "/survey/rounds/{round}/questions/needs.specialists/cards/",
    "shared management": "/register/shared/",
    "register as XLSX": "/register/export.xlsx",
    "people": "/accounts/people/",
    "analyses": "/analyses/",
    "reports": "/reports/",
    "country": "/territory/",
    "find a service": "/find/",
    "search": "/search/?q=дневен+център",
}


def main(folder: Path) -> None:
    """Make or take the country, then measure."""
    os.environ |= {
        "OPORA_MODE": "demo", "DJANGO_SETTINGS_MODULE": "opora.config.settings", "OPORA_DATA_DIR": f"{folder}/data",
        "OPORA_KEY_DIR": f"{folder}/keys", "OPORA_HEADS_DIR": f"{folder}/heads", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    print(f"the country (load {os.getloadavg()[0]:.1f})")
    if not (folder / "data").exists():
        _told(
            "made by opora demo --scale nation --prepare",
            *_run([*COMMAND, "demo", "--scale", "nation", "--prepare"]),
        )
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    _counts(folder)
    _pages(ADDRESSES)
    _analysis()
    _pages({"an analysis": f"/analyses/{_newest()}/", "territory, one region": "/territory/SOF/"})


def _run(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds, most memory in MB."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.monotonic() - start, after.ru_maxrss / 1024


def _told(label: str, cpu: float, wall: float, memory: float) -> None:
    print(f"  {label:44} {cpu:7.1f} s CPU {wall:7.1f} s wall {memory:6.0f} MB at most", flush=True)


def _counts(folder: Path) -> None:
    from opora.evidence.survey.models import Answer, Card, Round
    from opora.foundation.audit.models import Entry
    from opora.register.models import Service

    counted = {"services": Service, "rounds": Round, "cards": Card, "answers": Answer, "audit rows": Entry}
    numbers = ", ".join(f"{model.objects.count():,} {name}" for name, model in counted.items())
    print(f"  {numbers}; database {(folder / 'data' / 'opora.sqlite3').stat().st_size / 1e6:.0f} MB")


def _newest() -> int:
    from opora.planning.needs.models import Analysis

    return Analysis.objects.latest("pk").pk


def _pages(addresses: dict[str, str]) -> None:
    from django.db import connection

    from opora.evidence.survey.models import Round
    from opora.foundation.accounts.models import User
    from opora.foundation.accounts.tests import make

    client = make.client_of(User.objects.get(email="administrator@example.bg"), SERVER_NAME="127.0.0.1")
    code = Round.objects.filter(path="BG").latest("opened_at").code
    print(f"  {'page, median CPU of ' + str(TIMES):30}     ms   queries    KB")
    for name, address in addresses.items():
        page = address.format(round=code)
        answer, asked, spent = client.get(page), [], []
        with connection.execute_wrapper(lambda run, *given, asked=asked: (asked.append(1), run(*given))[1]):
            client.get(page)
        for _ in range(TIMES):
            start = time.process_time()
            client.get(page)
            spent.append((time.process_time() - start) * 1000)
        odd = "" if answer.status_code == 200 else f"  ({answer.status_code})"
        print(
            f"  {name:30} {statistics.median(spent):6.0f} {len(asked):9} {len(answer.content) // 1024:5}{odd}",
            flush=True,
        )


def _analysis() -> None:
    from opora.evidence.survey.models import Round
    from opora.foundation.accounts.models import User
    from opora.foundation.accounts.queries import actor_for
    from opora.planning.needs import actions
    from opora.planning.needs.models import Analysis

    round_ = Round.objects.filter(path="BG").latest("opened_at")
    _told("the worker, what waited before", *_run([*COMMAND, "worker", "--once"]))
    before = Analysis.objects.count()
    job = actions.request_analysis(actor_for(User.objects.get(email="administrator@example.bg")), round_)
    heard: list[tuple[int, int]] = []
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(job.pk, heard, over))
    watcher.start()
    spent = _run([*COMMAND, "worker", "--once"])
    over.set()
    watcher.join()
    made = Analysis.objects.count() - before
    _told(f"analysis of all 28 as one job: {made} made", *spent)
    print(
        f"  progress a person saw: {len(set(heard))} different states, the last {heard[-1] if heard else None}"
    )
    start = time.process_time()
    tables = _plain_tables(round_)
    print(
        f"  {'baseline: ' + format(tables, ',') + ' frequency tables in plain Python':44} {time.process_time() - start:7.1f} s CPU"
    )


def _watch(job: int, heard: list[tuple[int, int]], over: threading.Event) -> None:
    from opora.foundation.jobs.models import Job

    while not over.wait(0.5):
        heard.append(Job.objects.values_list("done", "total").get(pk=job))


def _plain_tables(round_: object) -> int:
    from opora.evidence.survey.models import Answer

    rows = Answer.objects.filter(card__round=round_).values_list("card__path", "question", "text")
    counts: dict[tuple[str, str], Counter[str]] = {}
    for path, question, text in rows.iterator():
        counts.setdefault((path.split("/")[1], question), Counter())[text] += 1
    return len(counts)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory(prefix="opora-bench-") as name:
            main(Path(name))
