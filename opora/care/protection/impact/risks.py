"""Who could harm a child through Opora, what stands in the way, and the trial that shows it.

The list follows the misuse cases the project was built against. Each trial is a test by name; a test checks that it exists.
"""

from __future__ import annotations

from dataclasses import dataclass

CASEWORK = "opora/care/casework/tests"
TRUST = "tests/trust"


@dataclass(frozen=True)
class Risk:
    """One risk: who, what it does to people, measures by their key in `live.MEASURES`, and trials."""

    key: str
    who: str
    harm: str
    measures: tuple[str, ...]
    trials: tuple[str, ...]


RISKS = (
    Risk(
        "colleague", "Любопитен служител или съсед, който работи в услугата",
        "Чете чуждо досие и разказва; детето и семейството са посрамени в града.",
        ("scope", "many_files"),
        (f"{TRUST}/test_s1_objects.py::test_no_word_of_others_comes_out", f"{CASEWORK}/test_looks.py::test_the_forty_first_file_of_an_hour_alerts_and_asks_for_the_second_factor"),
    ),
    Risk(
        "violent", "Насилник, който търси детето чрез познат служител",
        "Намира адреса или мястото за настаняване; опасност за живота.",
        ("sealed", "scope"),
        (f"{CASEWORK}/test_seals.py::test_two_persons_open_it_for_a_time_to_the_one_who_asked", f"{CASEWORK}/test_seals.py::test_nobody_finds_it_by_name_or_number_or_opens_it_in_an_emergency"),
    ),
    Risk(
        "teller", "Човекът, за когото е подаден сигнал, иска копие на досието",
        "Узнава кой е подал сигнала и отмъщава.",
        (),
        (f"{CASEWORK}/test_copies.py::test_the_person_reads_of_the_danger_but_not_who_told_nor_what_is_for_the_team", f"{CASEWORK}/test_copies.py::test_third_persons_are_marked_and_blackened_the_person_stays"),
    ),
    Risk(
        "moved", "Служител, преместен в друг град или напуснал",
        "Продължава да чете досиета, които вече не са негова работа.",
        ("sessions", "scope"),
        (f"{TRUST}/test_s14_sessions.py::test_who_is_blocked_is_out_on_the_next_request_everywhere", f"{TRUST}/test_s14_sessions.py::test_a_role_counts_and_ends_on_the_next_request"),
    ),
    Risk(
        "oldlink", "Външен специалист със стара връзка, или който я е препратил",
        "Чужд човек чете за здравето на детето.",
        ("outsiders",),
        (f"{CASEWORK}/test_opinions_outside.py::test_a_dead_link_is_dead_for_who_had_opened_it_too", f"{CASEWORK}/test_opinions_outside.py::test_a_tampered_link_leads_nowhere"),
    ),
    Risk(
        "emergency", "Отваряне „по спешност“ без спешност",
        "Заобикаля се редът кой какво вижда.",
        ("emergencies",),
        (f"{CASEWORK}/test_emergency.py::test_it_opens_for_sixty_minutes_to_the_second_and_two_people_hear_of_it_at_night", f"{CASEWORK}/test_emergency.py::test_the_fourth_in_seven_days_is_refused_and_the_second_click_is_the_same_opening"),
    ),
    Risk(
        "tables", "Човек, който изважда една справка от друга",
        "В малка община се познава за кое дете става дума.",
        ("small_numbers",),
        ("opora/desk/reports/tests/test_reports.py::test_small_numbers_of_people_are_hidden_and_cannot_be_computed",),
    ),
    Risk(
        "administrator", "Администратор на сървъра или човек с достъп до базата",
        "Чете ЕГН и имена или заличава следи.",
        ("encryption", "audit"),
        (f"{TRUST}/test_d7_erased_bytes.py::test_d4_no_identity_number_lies_bare_in_database_log_backup_or_temporary_files", "opora/foundation/audit/tests/test_verification.py::test_d3_an_old_copy_of_the_database_is_noticed_at_start"),
    ),
    Risk(
        "thief", "Крадец на компютър или на резервна копия",
        "Всички досиета наведнъж попадат у непознат.",
        ("backups", "encryption"),
        ("tests/test_restore_drill.py::test_r7_from_a_burnt_machine_to_a_signed_in_person",),
    ),
    Risk(
        "password", "Открадната или отгатната парола",
        "Чужд човек работи от името на служител.",
        ("second_factor", "password", "wrong_tries"),
        ("opora/foundation/accounts/tests/test_sign_in.py::test_a_thousand_guesses_on_one_name_are_looked_at_five_times", "opora/foundation/accounts/tests/test_second_factor.py::test_a_code_is_used_once"),
    ),
    Risk(
        "file", "Вреден файл, донесен отвън",
        "Компютърът на услугата бива превзет; данните изтичат или изчезват.",
        ("uploads",),
        ("opora/foundation/documents/tests/test_gate_hostile.py::test_hostile_file_stays_out",),
    ),
    Risk(
        "letter", "Писмо, календар или име на файл с данни за дете",
        "Данните се виждат в пощата, на екрана или на чужд телефон.",
        ("letters",),
        (f"{TRUST}/test_s18_files.py::test_nothing_about_people_leaves_the_pages_of_files",),
    ),
    Risk(
        "lost", "Двама служители пишат едновременно; ток или мрежа спират",
        "Изчезва оценка или план и детето не получава подкрепа навреме.",
        ("audit", "backups"),
        (f"{CASEWORK}/test_two_workers.py::test_no_text_is_lost_in_fifteen_thousand_steps", "opora/foundation/core/tests/test_sqlite_durable.py::test_r2_twenty_power_cuts"),
    ),
    Risk(
        "forever", "Данни, пазени без нужда, или заличени твърде рано",
        "Старо обвинение преследва човека; или порасналото дете не намира историята си.",
        ("two_persons",),
        (f"{CASEWORK}/test_retention.py::test_no_file_ends_early_and_none_is_kept_for_nothing", f"{TRUST}/test_d7_erased_bytes.py::test_d7_nothing_of_an_erased_person_lies_on_the_disk_nor_after_an_older_backup"),
    ),
    Risk(
        "machine", "Оценка от машина вместо от човек",
        "За детето се решава по число, което никой не може да обясни.",
        (),
        (f"{CASEWORK}/test_risk.py::test_the_level_is_the_one_the_person_set_whatever_factors_stand_beside",),
    ),
    Risk(
        "silence", "Нарушение, за което никой не казва",
        "Хората не могат да се предпазят; срокът към Комисията минава.",
        ("breaches",),
        ("opora/care/protection/tests/test_breaches.py::test_the_clock_runs_exactly_72_hours_over_weekends_holidays_and_both_clock_changes",),
    ),
)  # fmt: skip
OWN_WORDS = {
    "teller": "Кой е подал сигнал не излиза на копие за никого; имената и телефоните на други хора се закриват, а човек го преглежда преди да го даде.",
    "lost": "Всеки запис е траен, преди да се потвърди; при едновременна работа се показват и двата текста.",
    "machine": "Опора не оценява хора: степен на риск, план и решение се записват само от човек с име и причина.",
    "forever": "Без зададен срок нищо не се заличава; с причина за пазене заличаването спира.",
}
"""Measures of a single risk, beside those that stand in `live.MEASURES`."""
