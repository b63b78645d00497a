"""What a person reads about an answer, in Bulgarian and English: plain, without blame."""

MESSAGES: dict[str, tuple[str, str]] = {
    "required": ("Отговорът е задължителен.", "An answer is needed here."),
    "constraint": (
        "Отговорът не отговаря на условието за този въпрос.",
        "The answer does not meet this question's rule.",
    ),
    "length": (
        "Дължината на текста е извън допустимата.",
        "The length of the text is outside what is allowed.",
    ),
    "length-max": ("Текстът е по-дълъг от {limit} знака.", "The text is longer than {limit} characters."),
    "choice": (
        "Отговорът „{value}“ не е сред възможните.",
        "The answer '{value}' is not one of the choices.",
    ),
    "choice-filter": (
        "Отговорът „{value}“ не съответства на предходните отговори.",
        "The answer '{value}' does not fit the earlier answers.",
    ),
    "unknown": ("В картата няма въпрос „{value}“.", "The card has no question '{value}'."),
    "irrelevant": (
        "Въпросът не се отнася за този случай. Отговорът е запазен, но няма да бъде изпратен.",
        "The question does not apply here. The answer is kept but will not be submitted.",
    ),
    "version": (
        "Отговорите са за версия {value}, а картата е версия {wanted}.",
        "The answers are for version {value}, the card is version {wanted}.",
    ),
    "form": (
        "Отговорите са за карта „{value}“, а тази е „{wanted}“.",
        "The answers are for the card '{value}', this one is '{wanted}'.",
    ),
    "rows-few": ("Попълнени редове: {given}. Нужни: {wanted}.", "Rows filled: {given}. Needed: {wanted}."),
    "rows-many": (
        "Попълнени редове: {given}. Допустими: {wanted}.",
        "Rows filled: {given}. Allowed: {wanted}.",
    ),
    "rows-list": ("Тук се очаква списък от редове.", "A list of rows is expected here."),
    "row-object": (
        "Тук се очакват отговори по име на въпрос.",
        "Answers by question name are expected here.",
    ),
    "integer": ("Въведете цяло число, например 12.", "Enter a whole number, for example 12."),
    "decimal": ("Въведете число, например 1,5.", "Enter a number, for example 1.5."),
    "range": ("Числото трябва да е между {low} и {high}.", "The number must be between {low} and {high}."),
    "step": (
        "Числото трябва да е {low} плюс стъпки по {step}.",
        "The number must be {low} plus steps of {step}.",
    ),
    "text": ("Въведете текст.", "Enter text."),
    "one": ("Изберете един отговор.", "Choose one answer."),
    "several": ("Изберете отговори от списъка.", "Choose answers from the list."),
    "date": ("Въведете дата, например 22.11.2026.", "Enter a date, for example 2026-11-22."),
    "dateTime": (
        "Въведете дата и час, например 22.11.2026 14:30.",
        "Enter a date and time, for example 2026-11-22T14:30.",
    ),
    "time": ("Въведете час, например 14:30.", "Enter a time, for example 14:30."),
    "geopoint": ("Въведете географска ширина и дължина.", "Enter latitude and longitude."),
    "file": ("Приложете файл.", "Attach a file."),
    "acknowledge": ("Потвърдете с отметка.", "Confirm by ticking the box."),
    "note": ("Това е пояснение и няма отговор.", "This is a note and takes no answer."),
}


def say(code: str, language: str, **words: object) -> str:
    """The message of a code in a language (Bulgarian unless English is asked for)."""
    bg, en = MESSAGES[code]
    return (en if language == "en" else bg).format(**words)
