"""The table of roles: the page, the documentation and the code say the same."""

from pathlib import Path

from opora.foundation.accounts import matrix
from opora.foundation.accounts.roles import AREAS, NEEDS_SECOND_FACTOR, ROLES, SEES_FILES, permissions

ROOT = Path(__file__).resolve().parents[4]


def test_the_documentation_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "roles.md").read_text(encoding="utf-8") == matrix.markdown()


def test_every_permission_is_of_a_known_role_area_letter_and_reach() -> None:
    for (role, area), permission in permissions().items():
        assert role in ROLES
        assert area in AREAS
        assert set(permission.may) <= set(matrix.LETTERS)
        assert permission.where in matrix.WHERE


def test_the_page_names_all_twelve_roles_and_what_each_may() -> None:
    lines = matrix.table()
    assert [line.role for line in lines] == list(ROLES)
    assert len(lines) == 12
    coordinator = next(line for line in lines if line.role == "regional_coordinator")
    assert dict(coordinator.cells)["Анкети и посещения"] == "чете, записва, утвърждава в своята област"


def test_whoever_may_read_files_needs_a_second_factor() -> None:
    """The external specialist gets one section by a link with a code instead of an account."""
    readers = {
        role
        for (role, area), one in permissions().items()
        if area in ("case_files", "fostering", "audit_log") and set(one.may) & {"R", "W"}
    }
    assert readers - {"external_specialist"} <= SEES_FILES <= NEEDS_SECOND_FACTOR
    assert "national_admin" in NEEDS_SECOND_FACTOR
