"""The upload gate: CPU time of every honest and hostile file of its tests (TRUST S15: ≤ 50 ms a file), beside merely reading
the same file with the library its kind is read with (PDF left out: the gate reads it itself, by hand-made ones too). Run: python bench/gate.py
"""

import io
import os
import statistics
import time
import zipfile
from collections.abc import Callable

CALLS = 5


def cpu(call: Callable[[], object]) -> float:
    """Median CPU seconds of five calls after one to warm up."""
    took = []
    for _ in range(CALLS + 1):
        start = time.process_time()
        call()
        took.append(time.process_time() - start)
    return statistics.median(took[1:])


def read(name: str, content: bytes) -> None:
    """What anybody would do at least: unpack it, decode it, or count its pages; nothing is checked or taken out."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in ("docx", "xlsx", "odt"):
        zipfile.ZipFile(io.BytesIO(content)).testzip()
    else:
        from PIL import Image

        Image.open(io.BytesIO(content)).load()


def main() -> None:
    """Print medians, the slowest and the ratio to reading."""
    os.environ |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    import django

    django.setup()
    from opora.foundation.documents import gate
    from opora.foundation.documents.tests.test_gate_honest import HONEST
    from opora.foundation.documents.tests.test_gate_hostile import HOSTILE

    honest = {name: make() for name, make in HONEST.items()}
    hostile = {name: make() for name, (make, _) in HOSTILE.items()}
    for kind, files in (("honest", honest), ("hostile", hostile)):
        spent = {name: cpu(lambda n=name, c=content: gate.check(n, c)) for name, content in files.items()}  # type: ignore[misc]
        worst = max(spent, key=lambda name: spent[name])
        middle = statistics.median(spent.values())
        print(
            f"gate, {len(files)} {kind} files: median {middle * 1000:.1f} ms CPU, "
            f"slowest {spent[worst] * 1000:.1f} ms ({worst}), asked for at most 50 ms"
        )
        if kind == "honest":
            read_too = [name for name in files if not name.lower().endswith("pdf")]
            base = sum(cpu(lambda n=name, c=files[name]: read(n, c)) for name in read_too)  # type: ignore[misc]
            ours = sum(spent[name] for name in read_too)
            print(f"gate, {len(read_too)} of them, without PDF: {ours / base:.1f} times merely reading")


if __name__ == "__main__":
    main()
