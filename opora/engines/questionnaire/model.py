"""The compiled card: a tree of groups, repeats and questions, and the frames that hold one card's answers.

Every question has a slot in a *frame*: the card itself is one frame, each row of a repeat is another.
Expressions are
closures over frames, so evaluating a card touches lists by index and never looks a name up.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Optional

from .values import Value

Texts = Mapping[str, str]


class Type(StrEnum):
    """What an expression or an answer is."""

    ANY = "any"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "dateTime"
    TIME = "time"
    DAYS = "days"
    CHOICE = "choice"
    SELECTION = "selection"
    GEO = "geopoint"
    FILE = "file"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a choice list; ``columns`` are its further columns, used by cascading filters."""

    name: str
    labels: Texts
    columns: Mapping[str, str]

    def label(self, language: str) -> str:
        """Label in the language, else in any language, else the name."""
        return pick(self.labels, language) or self.name

    def get(self, column: str, language: str) -> str:
        """Cell of the line, as ``instance('list')/root/item/column`` reads it."""
        if column == "name":
            return self.name
        return self.label(language) if column == "label" else self.columns.get(column, "")


@dataclass(frozen=True)
class ChoiceList:
    """A list of choices by name; ``names`` finds one at once."""

    name: str
    choices: tuple[Choice, ...]
    columns: frozenset[str]
    names: Mapping[str, Choice]


@dataclass(eq=False, repr=False)
class FrameKind:
    """Shape of a frame: the card itself or one row of ``repeat``."""

    parent: Optional["FrameKind"]
    repeat: Optional["Repeat"]
    items: list["Item"] = field(default_factory=list)

    def chain(self) -> list["FrameKind"]:
        """Frame kinds from the card down to this one."""
        return [*(self.parent.chain() if self.parent else ()), self]


class Frame:
    """Answers of one card or one repeat row. ``given``: typed as answered; ``values``: as expressions see
    them.

    ``wrong``: code of what is wrong with the answer in a slot; ``unread``: what else was found in a group, as
    (path, kind of finding, what is said of it); ``prefix`` begins the path of everything inside.
    """

    __slots__ = ("given", "index", "kind", "on", "parent", "prefix", "rows", "unread", "values", "wrong")

    def __init__(self, kind: FrameKind, parent: Optional["Frame"], index: int, prefix: str) -> None:
        size = len(kind.items)
        self.kind = kind
        self.parent = parent
        self.index = index
        self.prefix = prefix
        self.given: list[Value] = [""] * size
        self.values: list[Value] = [""] * size
        self.on: list[bool] = [True] * size
        self.rows: dict[int, list[Frame]] = {}
        self.wrong: dict[int, str] = {}
        self.unread: dict[int, list[tuple[str, str, str]]] = {}


@dataclass(frozen=True, slots=True)
class Spot:
    """What a predicate looks at: a repeat row or a list line, and its place from 1."""

    item: Any
    position: int


@dataclass(frozen=True, slots=True)
class Env:
    """What expressions know beside the answers."""

    today: date
    now: datetime
    language: str


Run = Callable[[Frame, Any, Env], Value]


@dataclass(frozen=True)
class Code:
    """A compiled expression. ``many``: gives a list of nodes; ``constant``: a literal's value."""

    run: Run
    type: Type
    many: bool = False
    predicated: bool = False
    constant: Value | None = None


@dataclass(eq=False, repr=False)
class Item:
    """Anything with a name in the card. ``row`` is its row in the sheet; ``extra`` keeps columns that are not
    ours.

    ``local`` is its path inside its frame, ``above`` the slot of the group around it there (-1 when there is
    none).
    """

    name: str
    parent: Optional["Group"]
    row: int
    cells: Mapping[str, str] = field(default_factory=dict)
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    appearance: str = ""
    relevant: Code | None = field(default=None)
    slot: int = -1
    kind: FrameKind = field(default=None)  # type: ignore[assignment]
    local: str = ""
    above: int = -1
    texts: dict[tuple[str, str], Run] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path}>"

    @property
    def path(self) -> str:
        """Dotted path without row numbers, such as ``group.staff.fte``."""
        above = self.parent.path if self.parent else ""
        return f"{above}.{self.name}" if above else self.name

    @property
    def always(self) -> bool:
        """True when neither it nor anything around it within its frame can become not relevant."""
        if self.relevant:
            return False
        return self.parent is None or isinstance(self.parent, Repeat) or self.parent.always


@dataclass(eq=False, repr=False)
class Group(Item):
    """A section; the card itself is a group without a name."""

    children: list[Item] = field(default_factory=list)

    def child(self, name: str) -> Item | None:
        """The child of that name."""
        return next((one for one in self.children if one.name == name), None)

    @property
    def path(self) -> str:
        """As of any item; the card itself has the empty path."""
        return super().path if self.parent else ""


@dataclass(eq=False, repr=False)
class Repeat(Group):
    """Rows of the same questions. ``count``: exact number asked; ``minimum`` and ``maximum`` bound it
    otherwise.
    """

    count: Code | None = field(default=None)
    minimum: int = 0
    maximum: int | None = None
    inner: FrameKind = field(default=None)  # type: ignore[assignment]


@dataclass(eq=False, repr=False)
class Question(Item):
    """A question, note or calculation. ``type`` is XLSForm's word, ``value_type`` what expressions see."""

    type: str = "text"
    value_type: Type = Type.STRING
    choices: ChoiceList | None = field(default=None)
    choice_filter: Code | None = field(default=None)
    constraint: Code | None = field(default=None)
    constraint_parts: tuple[tuple[str, Code], ...] = field(default=())
    constraint_messages: Texts = field(default_factory=dict)
    required: Code | None = field(default=None)
    required_messages: Texts = field(default_factory=dict)
    calculation: Code | None = field(default=None)
    default: Code | None = field(default=None)
    readonly: Code | None = field(default=None)
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """True when a person answers it: no note, calculation or hidden value."""
        return self.type not in SILENT


QUIET = """
    note calculate hidden start end today deviceid username phonenumber email audit csv-external xml-external
"""
SILENT = frozenset(QUIET.split())


@dataclass(frozen=True, repr=False)
class Form:
    """A compiled card. ``order``: items whose relevance or value is computed, each after what it needs."""

    form_id: str
    version: str
    titles: Texts
    languages: Mapping[str, str]
    default_language: str
    root: Group
    order: tuple[Item, ...] = field()
    lists: Mapping[str, ChoiceList] = field()
    settings: Mapping[str, str] = field()
    warnings: tuple[Any, ...] = ()

    def __repr__(self) -> str:
        return f"<Form {self.form_id} {self.version}>"

    def items(self) -> Iterator[Item]:
        """All items in the order of the sheet."""
        return walk(self.root)

    def questions(self) -> Iterator[Question]:
        """All questions in the order of the sheet."""
        return (one for one in self.items() if isinstance(one, Question))

    def find(self, path: str) -> Item | None:
        """Item by dotted path; row numbers in it are ignored."""
        bare = strip_rows(path)
        return next((one for one in self.items() if one.path == bare), None)


def walk(group: Group) -> Iterator[Item]:
    """Items below a group, depth first."""
    for one in group.children:
        yield one
        if isinstance(one, Group):
            yield from walk(one)


def strip_rows(path: str) -> str:
    """``a.staff[0].fte`` → ``a.staff.fte``."""
    return ".".join(part.partition("[")[0] for part in path.split("."))


def pick(texts: Texts, language: str) -> str:
    """Text in the language, else any."""
    return texts.get(language) or next(iter(texts.values()), "")
