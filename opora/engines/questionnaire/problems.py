"""What can be wrong with a template, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

TEXTS: dict[str, tuple[str, str]] = {
    "survey-empty": ("Листът „survey“ липсва или е празен.", "The sheet 'survey' is missing or empty."),
    "form-id": ("В листа „settings“ липсва form_id.", "form_id is missing in the sheet 'settings'."),
    "version": (
        "В листа „settings“ липсва version, например 2026112201.",
        "version is missing in the sheet 'settings', for example 2026112201.",
    ),
    "name-missing": ("Липсва име в колона name.", "The name is missing."),
    "name-ascii": (
        "Името „{name}“ трябва да е с латински букви, цифри, „_“ или „-“ и да започва с буква или „_“.",
        "The name '{name}' must use Latin letters, digits, '_' or '-' and start with a letter or '_'.",
    ),
    "name-duplicate": (
        "Името „{name}“ вече е използвано на ред {other}.",
        "The name '{name}' is already used in row {other}.",
    ),
    "type-missing": ("Липсва вид на въпроса в колона type.", "The type is missing."),
    "type-unknown": ("Непознат вид на въпрос: „{type}“.", "Unknown question type: '{type}'."),
    "type-refused": ("Видът „{type}“ не се поддържа. {use}", "The type '{type}' is not supported. {use_en}"),
    "group-open": ("„{type}“ на този ред няма край.", "The '{type}' of this row is never closed."),
    "group-close": ("„{type}“ няма съответно начало.", "'{type}' has no matching beginning."),
    "list-unknown": (
        "Списъкът „{name}“ липсва в листа „choices“.",
        "The list '{name}' is missing in 'choices'.",
    ),
    "list-missing": ("Не е посочен списък с отговори.", "No choice list is named."),
    "file-unknown": (
        "Външният списък „{name}“ не е приложен към картата.",
        "The external list '{name}' was not supplied with the card.",
    ),
    "file-column": (
        "Във външния списък „{name}“ няма колона „{heading}“.",
        "The external list '{name}' has no column '{heading}'.",
    ),
    "choice-duplicate": (
        "Отговорът „{name}“ вече е в списъка „{list}“ на ред {other}.",
        "The choice '{name}' is already in the list '{list}', row {other}.",
    ),
    "choice-name": (
        "Името на отговора „{name}“ трябва да е с латински букви и цифри, без интервали.",
        "The choice name '{name}' must be Latin letters and digits without spaces.",
    ),
    "label-missing": ("Липсва текст на език „{language}“.", "The label in language '{language}' is missing."),
    "expression": (
        "Изразът се чупи на знак {at}, при „{near}“.",
        "The expression breaks at character {at}, near '{near}'.",
    ),
    "expression-end": (
        "Изразът не е завършен: липсва скоба, кавичка или стойност накрая.",
        "The expression is unfinished: a bracket, quote or value is missing at its end.",
    ),
    "function-unknown": ("Непозната функция „{name}“.", "Unknown function '{name}'."),
    "function-refused": (
        "Функцията „{name}“ не се допуска. {use}",
        "The function '{name}' is refused. {use_en}",
    ),
    "function-arguments": (
        "Функцията „{name}“ приема {expected} стойности, а са дадени {given}.",
        "The function '{name}' takes {expected} arguments, {given} given.",
    ),
    "function-argument": (
        "Стойност {number} на „{name}“ трябва да е {wanted}.",
        "Argument {number} of '{name}' must be {wanted_en}.",
    ),
    "reference": ("Няма въпрос с име „{name}“.", "There is no question named '{name}'."),
    "reference-ambiguous": (
        "Името „{name}“ се среща на повече места; преименувайте едното.",
        "The name '{name}' occurs in several places; rename one.",
    ),
    "last-saved": (
        "„last-saved“ не се поддържа: стойностите от предишна карта се попълват от системата.",
        "'last-saved' is not supported: values of an earlier card are prefilled by the system.",
    ),
    "bare-name": (
        "„{name}“ не е стойност. За въпрос напишете ${{{name}}}, за текст '{name}'.",
        "'{name}' is no value. Write ${{{name}}} for a question, '{name}' for text.",
    ),
    "filter-column": (
        "В списъка „{list}“ няма колона „{name}“.",
        "The list '{list}' has no column '{name}'.",
    ),
    "path": ("Пътят „{path}“ не води до въпрос.", "The path '{path}' leads to no question."),
    "group-value": ("„{name}“ е раздел и няма стойност.", "'{name}' is a group and has no value."),
    "many": (
        "„{name}“ е в повторение и има много стойности. "
        "Използвайте sum(), count(), max(), join() или indexed-repeat().",
        "'{name}' is in a repeat and has many values. Use sum(), count(), max(), join() or indexed-repeat().",
    ),
    "rows-wanted": (
        "„{name}“ очаква въпрос от повторение или повторение.",
        "'{name}' expects a question of a repeat, or a repeat.",
    ),
    "predicate": (
        "Условие в [ ] се допуска само след повторение или списък.",
        "A condition in [ ] is allowed only after a repeat or a list.",
    ),
    "predicate-number": (
        "Вместо [{number}] напишете [position() = {number}].",
        "Instead of [{number}] write [position() = {number}].",
    ),
    "position": ("position() работи само в повторение.", "position() works only inside a repeat."),
    "once": ("once() работи само в колона calculation.", "once() works only in the column calculation."),
    "compare": (
        "Сравнени са {left} и {right}. Сравнявайте стойности от един вид.",
        "Compared are {left_en} and {right_en}. Compare values of one kind.",
    ),
    "arithmetic": (
        "„{operator}“ не може да се приложи към {kind}.",
        "'{operator}' cannot be applied to {kind_en}.",
    ),
    "number-text": (
        "Текстът „{text}“ не е число.",
        "The text '{text}' is not a number.",
    ),
    "regex": ("Изразът за regex() е неправилен: {text}", "The pattern of regex() is broken: {text}"),
    "date-format": (
        "Непознат знак „{text}“ във формата на датата.",
        "Unknown sign '{text}' in the date format.",
    ),
    "cycle": ("Изчислението се върти в кръг: {names}.", "The calculation goes in a circle: {names}."),
    "calculation-missing": (
        "Липсва израз в колона calculation.",
        "The expression in 'calculation' is missing.",
    ),
    "word": (
        "„{text}“ не е да, не или израз.",
        "'{text}' is neither yes, no nor an expression.",
    ),
    "parameters": ("Неправилни параметри: „{text}“.", "Wrong parameters: '{text}'."),
    "trigger": (
        "Колоната trigger не се поддържа. Изчисленията следват сами от отговорите.",
        "The column trigger is not supported. Calculations follow from the answers by themselves.",
    ),
    "default": (
        "Стойността по подразбиране „{text}“ не е {wanted}.",
        "The default '{text}' is not {wanted_en}.",
    ),
    "select-equals": (
        "„{name}“ приема няколко отговора. Използвайте selected({name}, …) вместо „=“.",
        "'{name}' takes several choices. Use selected({name}, …) instead of '='.",
    ),
    "truth": (
        "„{name}“ като условие се чете различно от различните програми. Напишете {name} != ''.",
        "'{name}' as a condition is read differently by different programs. Write {name} != ''.",
    ),
    "appearance": (
        "Непознат изглед „{text}“; въпросът ще се покаже по обичайния начин.",
        "Unknown appearance '{text}'; the question will look as usual.",
    ),
    "default-language": (
        "Езикът „{text}“ от default_language го няма в картата.",
        "The default_language '{text}' is not a language of the card.",
    ),
}
WARNINGS = frozenset({"appearance", "truth", "select-equals", "default-language"})


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where (sheet, row as the author sees it, column heading) and what, in two
    languages.
    """

    sheet: str
    row: int
    column: str
    code: str
    bg: str
    en: str

    @property
    def level(self) -> str:
        """``error`` stops publishing, ``warning`` does not."""
        return "warning" if self.code in WARNINGS else "error"

    def message(self, language: str = "bg") -> str:
        """What is wrong, without the place."""
        return self.en if language == "en" else self.bg

    def text(self, language: str = "bg") -> str:
        """The whole sentence with its place."""
        if language == "en":
            return f"Sheet {self.sheet}, row {self.row}, column {self.column}: {self.en}"
        return f"Лист {self.sheet}, ред {self.row}, колона {self.column}: {self.bg}"


class FormError(Exception):
    """The template cannot be published; ``problems`` says why, in the order of the sheets."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(one.text("en") for one in self.problems))


class Problems:
    """Collects what is found while a template is read."""

    def __init__(self) -> None:
        self.found: dict[Problem, None] = {}

    def add(self, sheet: str, row: int, column: str, code: str, **words: object) -> None:
        """Note one problem; the same one is noted once."""
        bg, en = TEXTS[code]
        self.found[Problem(sheet, row, column, code, bg.format(**words), en.format(**words))] = None

    def errors(self) -> tuple[Problem, ...]:
        """Problems that stop publishing, in the order of the sheets."""
        return tuple(sorted(one for one in self.found if one.level == "error"))

    def warnings(self) -> tuple[Problem, ...]:
        """Problems that do not."""
        return tuple(sorted(one for one in self.found if one.level == "warning"))
