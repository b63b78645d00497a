"""What a score alone does not show, in sentences: hidden weak sides, capped values, gaps, the best case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opora.engines.common.checks import whole
from opora.engines.common.reasons import N_, Reason
from opora.engines.scoring.award import percent
from opora.engines.scoring.best import Best
from opora.engines.scoring.levels import Scores

_DOWN = N_("Ако силните страни не покриват слабите, мястото е с {places} места по-надолу.")
_UP = N_("Ако силните страни не покриват слабите, мястото е с {places} места по-нагоре.")


def doubts(done: Scores, service: int, labels: Mapping[str, str] | None = None) -> tuple[Reason, ...]:
    """Say what to look at before believing a service's index. ``labels``: names of indicators by code."""
    whole("service", service, 0, len(done.index) - 1)
    index, said = done.framework.index, []
    if done.flagged[service]:
        lower = int(done.geometric_ranks[index][service] - done.ranks[index][service])
        said.append(Reason(_DOWN if lower > 0 else _UP, {"places": abs(lower)}, "change"))
    for code, treatment in done.treatment.items():
        if service in treatment.high or service in treatment.low:
            name = (labels or {}).get(code, code)
            template = N_("Стойността по „{criterion}“ е крайна и е приравнена към следващата.")
            said.append(Reason(template, {"criterion": name}))
    share = float(done.coverage[index][service])
    if share < 1 - 1e-12:
        said.append(
            Reason(N_("Данните покриват {share} % от тежестта."), {"share": percent(share)}, "unknown")
        )
    return tuple(said)


def at_best(done: Best, service: int, names: Sequence[str]) -> tuple[Reason, ...]:
    """Say how far a service comes under the weights that favour it most, and who is ahead even so."""
    whole("service", service, 0, len(done.score) - 1)
    score, name = float(done.score[service]), names[service]
    if score >= 1 - 1e-9:
        return (
            Reason(
                N_("При най-изгодните за „{name}“ тежести никоя услуга не е по-добра."), {"name": name}, "for"
            ),
        )
    ahead = ", ".join(f"„{names[one]}“" for one in done.models[service])
    return (
        Reason(
            N_("И при най-изгодните за „{name}“ тежести резултатът е {share} % от най-добрия."),
            {"name": name, "share": percent(score)},
            "against",
        ),
        *([Reason(N_("Дори тогава напред са: {ahead}."), {"ahead": ahead})] if ahead else []),
    )
