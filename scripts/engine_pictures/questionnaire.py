"""The picture of docs/engines/questionnaire.md: python scripts/engine_pictures/questionnaire.py"""

import datetime as dt

from drawing import ACCENT, BRAND, LINE, SURFACE, box, line, text, write

from opora.engines.questionnaire import check, compile, sheets_from_markdown

FORM = """
| survey |
| | type | name | label | required | relevant | constraint | constraint_message |
| | integer | capacity | Места | да | | . >= 0 | |
| | integer | occupied | Заети места | да | | . <= ${capacity} | Заетите места са повече от местата. |
| | select_one yesno | waiting | Има ли чакащи? | да | | | |
| | integer | people | Колко души чакат? | да | ${waiting} = 'yes' | | |
| | integer | months | От колко месеца? | да | ${waiting} = 'yes' | | |
| | calculate | free | | | | | |
| choices |
| | list_name | name | label |
| | yesno | yes | Да |
| | yesno | no | Не |
| settings |
| | form_id | version |
| | demo | 1 |
""".replace("| calculate | free | | | | | |", "| text | note | Бележка | | ${waiting} = 'no' | | |")
ANSWERS = {"capacity": 20, "occupied": 23, "waiting": "yes", "people": 4}


def main() -> None:
    """Draw each question with its answer and what the check says of it."""
    result = check(
        compile(sheets_from_markdown(FORM)),
        ANSWERS,
        today=dt.date(2026, 11, 22),
        now=dt.datetime(2026, 11, 22, 10),
    )
    told = result.as_json()
    wrong = {finding["path"]: finding["message"] for finding in told["findings"]}
    rows = [("capacity", "Места", "20"), ("occupied", "Заети места", "23"), ("waiting", "Има ли чакащи?", "Да"),
            ("people", "Колко души чакат?", "4"), ("months", "От колко месеца?", ""), ("note", "Бележка", "")]  # fmt: skip
    parts = [
        text(
            16,
            28,
            f"{result.ready} от {result.asked} готови: какво се отнася, какво липсва, какво не съвпада",
            size=18,
            bold=True,
        )
    ]
    for number, (name, label, answer) in enumerate(rows):
        y, applies = 52 + number * 38, name in told["relevant"]
        words = wrong.get(name) or ("не се отнася за този случай" if not applies else "готово")
        colour = ACCENT if name in wrong else BRAND if applies else LINE
        parts += [line(16, y, 744, y), text(16, y + 25, label, colour="#1b2421" if applies else "#51605b")]
        parts.append(box(220, y + 6, 110, 26, fill="#ffffff" if applies else SURFACE, stroke=colour))
        parts += [
            text(320, y + 24, answer, anchor="end"),
            text(352, y + 25, words, colour=colour if applies else "#51605b"),
        ]
    parts.append(line(16, 52 + len(rows) * 38, 744, 52 + len(rows) * 38))
    write("questionnaire", 760, 66 + len(rows) * 38, "Шест въпроса, отговорите им и проверката", parts)


if __name__ == "__main__":
    main()
