"""Before the first page: is this the database that was here last time?"""

from __future__ import annotations

from django.db import DatabaseError
from django.utils.translation import gettext as _

from opora.foundation.audit import chains, heads
from opora.foundation.audit.models import Entry, Head
from opora.foundation.core import crypto


def startup_check() -> list[str]:
    """Compare the newest heads outside with the rows here; gives sentences for the operator, empty if all is
    well.

    Quick (two queries however many rows): ``audit verify`` looks into the rows themselves.
    """
    try:
        return _compared()
    except crypto.KeyMissing:
        return [_("Ключът на дневника липсва. Върнете файла audit.key в папката OPORA_KEY_DIR.")]
    except heads.HeadsForged as forged:
        return [_("Файлът %(file)s не е записан от тази система или е променен.") % {"file": forged}]
    except DatabaseError:
        return [_("Дневникът не може да се прочете. Изпълнете „opora migrate“.")]


def _compared() -> list[str]:
    noted = heads.newest()
    if not noted:
        if Entry.objects.exists():
            chains.key()
        return []
    inside = {head.chain: head.seq for head in Head.objects.all()}
    older = sorted(chain for chain, head in noted.items() if inside.get(chain, 0) < head.seq)
    other = sorted(_replaced(noted))
    return [_older(chain, inside.get(chain, 0), noted[chain].seq) for chain in older] + [
        _("Верига „%(chain)s“: ред № %(seq)s не е същият като записания навън.")
        % {"chain": chain, "seq": noted[chain].seq}
        for chain in other
        if chain not in older
    ]


def _replaced(noted: dict[str, heads.OutsideHead]) -> set[str]:
    wanted = {(chain, head.seq): head.digest for chain, head in noted.items()}
    rows = Entry.objects.filter(seq__in={seq for _chain, seq in wanted}, chain__in=list(noted))
    found = {(chain, seq): digest for chain, seq, digest in rows.values_list("chain", "seq", "digest")}
    return {chain for (chain, seq), digest in wanted.items() if seq and found.get((chain, seq)) != digest}


def _older(chain: str, here: int, there: int) -> str:
    words = _(
        "Базата е по-стара от последния запис навън: верига „%(chain)s“ има %(here)s реда, а навън са "
        "отбелязани %(there)s. Ако сте възстановили архив нарочно, потвърдете с „opora audit accept“."
    )
    return words % {"chain": chain, "here": here, "there": there}
