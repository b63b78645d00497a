"""Cold start, first and second start of the demonstration, time to the first page, memory of web and worker.

Run: python bench/demo.py [times]. The baseline is a Django project with the same library apps and one page, no room of
ours. CPU seconds are of all processes together and hardly depend on what else the machine does; wall seconds do.
Promised (issue 2): the second start of `opora demo` under 5 seconds on a quiet machine.
"""

import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETUP = "import django; django.setup()"
PLAIN = """
import sys
from django.conf import settings
from opora.config import settings as ours
KEPT = [a for a in ours.INSTALLED_APPS if not a.startswith("opora")]
settings.configure(
    INSTALLED_APPS=KEPT, ROOT_URLCONF=__name__, SECRET_KEY="bench", ALLOWED_HOSTS=["*"], DATABASES=ours.DATABASES,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
        "context_processors": ["django.template.context_processors.request"]}}],
    MIDDLEWARE=[m for m in ours.MIDDLEWARE if not m.startswith("opora")])
import django
django.setup()
if len(sys.argv) > 1:
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import path
    page = engines["django"].from_string("<!doctype html><title>{{ t }}</title><h1>{{ t }}</h1>")
    urlpatterns = [path("", lambda request: HttpResponse(page.render({"t": "Опора"}, request)))]
    from gunicorn.app.base import BaseApplication
    bind, sys.argv = sys.argv[1], sys.argv[:1]
    class Server(BaseApplication):
        def load_config(self):
            for key, value in {"bind": bind, "workers": 1, "threads": 6, "worker_class": "gthread", "loglevel": "warning"}.items():
                self.cfg.set(key, value)
        def load(self):
            return get_wsgi_application()
    Server().run()
"""


def main(times: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "plain.py").write_text(PLAIN.replace("__name__", '"__main__"'))
        env = os.environ | {
            "OPORA_MODE": "demo", "OPORA_DATA_DIR": name + "/data", "OPORA_KEY_DIR": name + "/keys",
            "OPORA_HEADS_DIR": name + "/heads", "DJANGO_SETTINGS_MODULE": "opora.config.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        print(f"cold start and demonstration, medians of {times} (load {os.getloadavg()[0]:.1f})")
        print("                                       CPU s   wall s   memory MB")
        _row("django.setup(), opora", [_spent([sys.executable, "-c", SETUP], env) for _ in range(times)])
        _row(
            "django.setup(), libraries only",
            [_spent([sys.executable, str(folder / "plain.py")], env) for _ in range(times)],
        )
        demo = [sys.executable, "-m", "opora.config.cli", "demo"]
        _row("first start: opora demo --prepare", [_spent([*demo, "--prepare"], env)])
        _row(
            "second start to first page, opora",
            [_served([*demo, "--port", "{port}"], env) for _ in range(times)],
        )
        _row(
            "the same, libraries only, no worker",
            [
                _served([sys.executable, str(folder / "plain.py"), "127.0.0.1:{port}"], env)
                for _ in range(times)
            ],
        )


def _row(label: str, found: list[dict[str, float]]) -> None:
    middle = {key: statistics.median(one[key] for one in found) for key in found[0]}
    parts = "  ".join(f"{key} {value:.0f}" for key, value in middle.items() if key not in ("cpu", "wall"))
    print(f"  {label:36} {middle['cpu']:6.2f}  {middle['wall']:7.2f}   {parts}", flush=True)


def _spent(command: list[str], env: dict[str, str]) -> dict[str, float]:
    """Run to the end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "wall": time.monotonic() - start}


def _served(command: list[str], env: dict[str, str]) -> dict[str, float]:
    """Start, wait for the first whole page, look at every process, stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = time.monotonic()
    process = subprocess.Popen(
        [part.format(port=port) for part in command],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _first_page(process, port)
        wall, cpu = time.monotonic() - start, sum(_cpu(pid) for pid in _family(process.pid))
        for _ in range(3):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).read()
        # The worker of the demonstration is up when it has taken its first look at the queue.
        time.sleep(max(2.0, wall / 2))
        sizes = dict.fromkeys(("master", "web", "worker"), 0.0)
        for pid in _family(process.pid):
            sizes["master" if pid == process.pid else "worker" if _says(pid, "worker") else "web"] += (
                _megabytes(pid)
            )
        return {"cpu": cpu, "wall": wall, **{name: size for name, size in sizes.items() if size}}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _first_page(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(6000):
        if process.poll() is not None:
            raise SystemExit(f"it did not start: {process.stderr.read().decode() if process.stderr else ''}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("no page")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    mine = [int(child) for child in children.read_text().split()] if children.exists() else []
    return [pid, *(one for child in mine for one in _family(child))]


def _cpu(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _says(pid: int, word: str) -> bool:
    return word in Path(f"/proc/{pid}/cmdline").read_text().split("\0")


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
