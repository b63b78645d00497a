"""Expressions with the value each must have over one card: the golden corpus of the function table.

``OUTSIDE`` are calculations beside the repeat ``staff``, ``INSIDE`` those in its second row. The expected
expected value
value is its text as ODK stores it. ``DATES`` are kept apart because rxeval is silently wrong on them.
"""

FORM = """
| survey |
| | type                  | name  | label::Български (bg) | calculation        |
| | integer               | n     | Брой                  |                    |
| | decimal               | m     | Мярка                 |                    |
| | decimal               | e     | Празно число          |                    |
| | text                  | t     | Текст                 |                    |
| | text                  | u     | Празно                |                    |
| | select_one fruit      | one   | Един                  |                    |
| | select_multiple fruit | many  | Няколко               |                    |
| | date                  | d     | Дата                  |                    |
| | date                  | d0    | Празна дата           |                    |
| | dateTime              | at    | Дата и час            |                    |
| | time                  | clock | Час                   |                    |
| | begin_repeat          | staff | Хора                  |                    |
| | text                  | who   | Име                   |                    |
| | decimal               | fte   | Щат                   |                    |
| | calculate             | fte0  |                       | coalesce(${fte}, 0) |
| | calculate             | x     |                       | %s                 |
| | end_repeat            |       |                       |                    |
| | calculate             | y     |                       | %s                 |
| choices |
| | list_name | name | label::Български (bg) | kind |
| | fruit     | a    | Ябълка                | tree |
| | fruit     | b    | Боровинка             | bush |
| | fruit     | c    | Череша                | tree |
| settings |
| | form_id | version    | default_language |
| | golden  | 2026112201 | Български (bg)   |
"""
ANSWERS = {
    "n": 7,
    "m": 2.5,
    "t": "Ловеч",
    "one": "b",
    "many": ["a", "c"],
    "d": "2026-11-02",
    "at": "2026-11-02T09:05:07",
    "clock": "14:30",
    "staff": [{"who": "Ана", "fte": 1.5}, {"who": "Боян"}, {"who": "", "fte": 0.5}],
}

OUTSIDE = [
    # arithmetic
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("${n} - 10", "-3"),
    ("-${n}", "-7"),
    ("7 div 2", "3.5"),
    ("7 mod 4", "3"),
    ("-7 mod 4", "-3"),
    ("${n} * ${m}", "17.5"),
    ("0.1 + 0.2", "0.3"),
    ("${e} + 1", "NaN"),
    ("${u} * 2", "NaN"),
    ("${t} * 1", "NaN"),
    ("1 div 3 * 3", "1"),
    ("10 - 2 - 3", "5"),
    ("100 div 10 div 5", "2"),
    # comparison
    ("if(${n} = 7, 'да', 'не')", "да"),
    ("if(${n} = '7', 'да', 'не')", "да"),
    ("if(${n} != 7, 'да', 'не')", "не"),
    ("if(${n} > 6 and ${n} < 8, 'да', 'не')", "да"),
    ("if(${n} >= 7 or ${n} < 0, 'да', 'не')", "да"),
    ("if(${e} < 1, 'да', 'не')", "не"),
    ("if(${e} > 1, 'да', 'не')", "не"),
    ("if(${e} = 0, 'да', 'не')", "не"),
    ("if(${e} = '', 'да', 'не')", "да"),
    ("if(${e} != '', 'да', 'не')", "не"),
    ("if(${u} = '', 'да', 'не')", "да"),
    ("if(${t} = 'Ловеч', 'да', 'не')", "да"),
    ("if(${one} = 'b', 'да', 'не')", "да"),
    ("if(${one} != 'b', 'да', 'не')", "не"),
    ("if(${n}, 'да', 'не')", "да"),
    ("if('', 'да', 'не')", "не"),
    ("if(0, 'да', 'не')", "не"),
    ("if(2 < 10, 'да', 'не')", "да"),
    ("if('2' < '10', 'да', 'не')", "да"),
    ("if(1 < 2 = true(), 'да', 'не')", "да"),
    # choice
    ("coalesce(${u}, 'няма')", "няма"),
    ("coalesce(${t}, 'няма')", "Ловеч"),
    ("coalesce(${e}, 0) + 1", "1"),
    ("if(${n} > 5, if(${m} > 5, 'a', 'b'), 'c')", "b"),
    # selections
    ("selected(${many}, 'a')", "true"),
    ("selected(${many}, 'b')", "false"),
    ("selected(${one}, 'b')", "true"),
    ("selected(${u}, 'b')", "false"),
    ("count-selected(${many})", "2"),
    ("count-selected(${u})", "0"),
    ("selected-at(${many}, 0)", "a"),
    ("selected-at(${many}, 1)", "c"),
    ("selected-at(${many}, 2)", ""),
    ("jr:choice-name(${one}, '${one}')", "Боровинка"),
    ("jr:choice-name(selected-at(${many}, 1), '${many}')", "Череша"),
    # repeats
    ("count(${staff})", "3"),
    ("count(${fte})", "3"),
    ("count-non-empty(${fte})", "2"),
    ("count-non-empty(${who})", "2"),
    ("sum(${fte0})", "2"),
    ("sum(${fte})", "NaN"),
    ("max(${fte0})", "1.5"),
    ("min(${fte0})", "0"),
    ("max(1, 3, 2)", "3"),
    ("min(${n}, ${m})", "2.5"),
    ("join(', ', ${fte0})", "1.5, 0, 0.5"),
    ("join('-', ${who})", "Ана-Боян-"),
    ("indexed-repeat(${who}, ${staff}, 2)", "Боян"),
    ("indexed-repeat(${who}, ${staff}, 9)", ""),
    ("count(${staff}[./fte > 1])", "1"),
    ("sum(/data/staff[./fte > 0]/fte)", "2"),
    ("/data/staff[position() = 2]/who", "Боян"),
    # lists
    ("instance('fruit')/root/item[name = ${one}]/kind", "bush"),
    ("count(instance('fruit')/root/item[kind = 'tree'])", "2"),
    ("count(instance('fruit')/root/item)", "3"),
    ("instance('fruit')/root/item[name = 'zzz']/kind", ""),
    # text
    ("concat(${t}, ' ', ${n})", "Ловеч 7"),
    ("concat('а', 'б', 'в')", "абв"),
    ("substr(${t}, 1)", "овеч"),
    ("substr(${t}, 0, 2)", "Ло"),
    ("substr(${t}, 3, 99)", "еч"),
    ("string-length(${t})", "5"),
    ("string-length(${u})", "0"),
    ("regex(${t}, '[А-Я][а-я]+')", "true"),
    ("regex(${t}, 'Лов')", "false"),
    ("regex('0888123456', '0[0-9]{9}')", "true"),
    ("contains(${t}, 'ове')", "true"),
    ("contains(${t}, 'лове')", "false"),
    ("starts-with(${t}, 'Ло')", "true"),
    ("ends-with(${t}, 'еч')", "true"),
    ("ends-with(${t}, 'Ло')", "false"),
    ("substring-before('LOV-18', '-')", "LOV"),
    ("substring-after('LOV-18', '-')", "18"),
    ("substring-before('LOV', '-')", ""),
    ("substring-after('LOV', '-')", ""),
    ("translate('1,5', ',', '.')", "1.5"),
    ("translate('абв', 'бв', 'x')", "аx"),
    ("normalize-space('  а   б ')", "а б"),
    ("string(${n})", "7"),
    # numbers
    ("int(2.7)", "2"),
    ("int(-2.7)", "-2"),
    ("int('12')", "12"),
    ("round(2.5)", "3"),
    ("round(3.5)", "4"),
    ("round(2.675, 2)", "2.68"),
    ("round(1.005, 2)", "1.01"),
    ("round(-2.4)", "-2"),
    ("round(-2.6)", "-3"),
    ("round(1234.5, -2)", "1200"),
    ("pow(2, 10)", "1024"),
    ("pow(4, 0.5)", "2"),
    ("abs(-3.5)", "3.5"),
    ("number('12.5')", "12.5"),
    ("number('1,5')", "NaN"),
    ("number('')", "NaN"),
    ("number(true())", "1"),
    ("number(' 7 ')", "7"),
    # logic
    ("not(${n} = 7)", "false"),
    ("not(${u})", "true"),
    ("boolean(${t})", "true"),
    ("boolean(${u})", "false"),
    ("boolean(0)", "false"),
    ("boolean-from-string('true')", "true"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('yes')", "false"),
    ("true() and false()", "false"),
    ("true() or false()", "true"),
]

INSIDE = [
    ("position(..)", "2"),
    ("concat(position(..), '. ', ${who})", "2. Боян"),
    ("../who", "Боян"),
    ("${n} + 1", "8"),
    ("count(${staff})", "3"),
    ("indexed-repeat(${who}, ${staff}, position(..) - 1)", "Ана"),
    ("count(../../staff)", "3"),
    ("../../n", "7"),
    ("current()/../who", "Боян"),
    ("if(${fte} = '', 'празно', 'има')", "празно"),
    ("${fte0} + 1", "1"),
]

DATES = [
    ("${d} <= today()", "true"),
    ("${d} > today()", "false"),
    ("${d} < '2026-11-22'", "true"),
    ("${d} = '2026-11-02'", "true"),
    ("${d} != '2026-11-02'", "false"),
    ("${d0} <= today()", "false"),
    ("${d0} = ''", "true"),
    ("today() = '2026-11-22'", "true"),
    ("now() > '2026-11-22T09:00:00'", "true"),
    ("${at} < now()", "true"),
    ("${at} = '2026-11-02'", "true"),
    ("${clock} > '12:00'", "true"),
    ("today() - ${d}", "20"),
    ("${d} - today()", "-20"),
    ("today() - ${d0}", "NaN"),
    ("number(${d})", "20759"),
    ("date(20759)", "2026-11-02"),
    ("date('2026-11-02')", "2026-11-02"),
    ("date(today() + 7)", "2026-11-29"),
    ("${d} >= today() - 30", "true"),
    ("${d} + 1 <= today()", "true"),
    ("date(${u})", ""),
    ("decimal-date-time(${d})", "20759"),
    ("decimal-date-time(${d0})", ""),
    ("decimal-date-time('2026-11-02T12:00:00')", "20759.5"),
    ("decimal-time('18:00')", "0.75"),
    ("decimal-time(${clock}) > 0.6", "true"),
    ("format-date(${d}, '%Y%m%d')", "20261102"),
    ("format-date(${d}, '%e.%n.%y')", "2.11.26"),
    ("format-date(${d}, '%d %b %Y, %a')", "02 ное 2026, пн"),
    ("format-date(${d0}, '%Y')", ""),
    ("format-date-time(${at}, '%H:%M:%S.%3 %h')", "09:05:07.000 9"),
    ("format-date(${d}, '%Y%m%d') <= format-date(today(), '%Y%m%d')", "true"),
    ("int(format-date(today(), '%Y')) - 2008", "18"),
    ("once(today())", "2026-11-22"),
    ("if(${d} < today(), 'минала', 'бъдеща')", "минала"),
]
