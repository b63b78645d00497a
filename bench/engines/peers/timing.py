"""How a peer's script reads its instance and tells what it took; no Opora here. Put beside every peer's script."""

import json
import os
import resource
import signal
import sys
import time

import numpy as np

given = dict(np.load(sys.argv[1], allow_pickle=False))
limit = float(os.environ["PEER_LIMIT"])


def used():
    """CPU seconds of this process and its ended children."""
    return sum(
        u.ru_utime + u.ru_stime
        for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def tell(work):
    """Do the work, print what it gave and took; past the limit say that it was stopped, as the limit."""

    def stopped(*_):
        print(json.dumps({"answer": None, "cpu": limit, "clock": limit, "memory": memory()}), flush=True)
        os.killpg(os.getpgid(0), signal.SIGKILL) if os.getpgid(0) == os.getpid() else os._exit(0)

    before, began = used(), time.perf_counter()
    signal.signal(signal.SIGALRM, stopped)
    signal.setitimer(signal.ITIMER_REAL, limit)
    answer = work()
    signal.setitimer(signal.ITIMER_REAL, 0)
    said = {
        "answer": answer,
        "cpu": used() - before,
        "clock": time.perf_counter() - began,
        "memory": memory(),
    }
    print(json.dumps(said), flush=True)


def memory():
    """Most memory in MiB of this process and of its largest child."""
    return (
        max(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
        )
        / 1024
    )
