"""Bulgarian identifiers: check digits of the company number (ЕИК/БУЛСТАТ), 9 and 13 digits."""

from __future__ import annotations


def eik_is_valid(number: str) -> bool:
    """True for a right ЕИК of 9 digits or of a branch with 13 (STANDARDS §6; Закон за регистър БУЛСТАТ)."""
    if not (number.isascii() and number.isdigit()) or len(number) not in (9, 13):
        return False
    digits = [int(c) for c in number]
    if _check(digits[:8], range(1, 9), range(3, 11)) != digits[8]:
        return False
    return len(number) == 9 or _check(digits[8:12], (2, 7, 3, 5), (4, 9, 5, 7)) == digits[12]


def _check(digits: list[int], first: range | tuple[int, ...], second: range | tuple[int, ...]) -> int:
    rest = sum(d * w for d, w in zip(digits, first, strict=True)) % 11
    if rest == 10:
        rest = sum(d * w for d, w in zip(digits, second, strict=True)) % 11 % 10
    return rest
