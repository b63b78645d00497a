"""The regional analysis of needs, without Django: frozen facts in, a frozen result out.

`reckon(facts)` makes tables whose every cell knows the rows it came from, sentences that follow from the
tables, and
charts and maps to be drawn from them. `published(facts, result)` is the same analysis with small numbers of
people
hidden. `compare(before, after)` lists the figures that changed. All text is Bulgarian: the analysis is a
document.
"""

from opora.planning.needs.reckoning.compare import Change, compare
from opora.planning.needs.reckoning.facts import (
    CardFacts,
    Facts,
    Place,
    PopulationFacts,
    PostFacts,
    Question,
    ServiceFacts,
    from_json,
)
from opora.planning.needs.reckoning.reckon import CHAPTERS, reckon, retell
from opora.planning.needs.reckoning.result import (
    HIDDEN,
    Cell,
    Chapter,
    Column,
    PictureSpec,
    Result,
    Row,
    Table,
    as_json,
)
from opora.planning.needs.reckoning.result import from_json as result_from_json
from opora.planning.needs.reckoning.shield import measures, published

__all__ = [
    "CHAPTERS",
    "HIDDEN",
    "CardFacts",
    "Cell",
    "Change",
    "Chapter",
    "Column",
    "Facts",
    "PictureSpec",
    "Place",
    "PopulationFacts",
    "PostFacts",
    "Question",
    "Result",
    "Row",
    "ServiceFacts",
    "Table",
    "as_json",
    "compare",
    "from_json",
    "measures",
    "published",
    "reckon",
    "result_from_json",
    "retell",
]
