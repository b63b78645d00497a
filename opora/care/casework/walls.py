"""How the wall is raised: which table is shut how, and the statements, for migrations.

A file is its service's. What hangs on a file (`file`, or something that hangs on it) is seen with the file; most of it
not at all while a sealed file is shut. A person is seen with the files they are in. Tables of no file are named in `OPEN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

OPEN = {
    "filenumber": "the last number of a year",
    "rotation": "where the change of keys stands",
    "look": "who opened which file when; counted across services",
    "alert": "who opened too many files, or a watched one: a number, no name",
    "erasure": "outlives the file: a number and a ground, no name",
    "bulkexport": "who asked for a list of a service's files",
    "calendarfeed": "whose calendar has an address: a digest",
    "toolkit": "a service's forms and templates, empty of people",
    "toolkitversion": "one of its versions",
    "toolkitpart": "a form, template or guide of a version, not filled in",
    "toolkitupdate": "a newer version that waits, empty of people",
    "toolkitorigin": "through which services it came",
}
"""Tables without a wall, and what is in them: nothing that tells who a client is."""
OF_SERVICE = ("group",)
"""Tables that are their service's, as files are."""
OUTSIDE = (
    "member", "groupmember", "deadline", "emergency", "seal", "sealopening", "bait", "hold", "death", "archiveopening",
    "transfer", "visit",
)  # fmt: skip
"""Of a sealed file, or one that went to another service, its own service sees who works on it, its terms, its groups,
when somebody meets the person and where it was offered, who opens it; the rest only once it is open to the one who asks."""

WHOLE = "(SELECT current_setting('opora.whole', true)) = 'on'"
FILES = "(SELECT string_to_array(current_setting('opora.files', true), ',')::bigint[])::bigint[]"
SERVICES = (
    "(SELECT CASE WHEN current_setting('opora.whole', true) = 'on' THEN (SELECT array_agg(id) FROM register_service) "
    "ELSE string_to_array(current_setting('opora.services', true), ',')::bigint[] END)::bigint[]"
)
# The sub-select is run once a statement, and the comparison with its result may use the index of the service.
OWN = f"service_id = ANY({SERVICES}) OR id = ANY({FILES})"
# The two functions look over the wall for one answer that tells nothing else, and put the setting back.
_OVER = """CREATE OR REPLACE FUNCTION {name} RETURNS {gives} LANGUAGE plpgsql STABLE AS $$
DECLARE before text := coalesce(current_setting('opora.whole', true), ''); answer {gives};
BEGIN
 PERFORM set_config('opora.whole', 'on', true);
 answer := ({asked});
 PERFORM set_config('opora.whole', before, true);
 RETURN answer;
END$$"""
FREE = _OVER.format(
    name="casework_in_no_file(bigint)",
    gives="boolean",
    asked="NOT EXISTS (SELECT 1 FROM casework_clientfile WHERE person_id = $1) "
    "AND NOT EXISTS (SELECT 1 FROM casework_relation WHERE person_id = $1)",
)
OPENED = _OVER.format(
    name="casework_opened_to(bigint, timestamptz)",
    gives="text",
    asked="""SELECT coalesce(string_agg(file_id::text, ','), '') FROM (
 SELECT file_id FROM casework_emergency WHERE user_id = $1 AND opened_at <= $2 AND until > $2
 UNION SELECT file_id FROM casework_sealopening WHERE user_id = $1 AND confirmed_at <= $2 AND until > $2
 UNION SELECT file_id FROM casework_archiveopening WHERE user_id = $1 AND opened_at <= $2 AND until > $2) AS opened""",
)
"""Read when it runs, so it may stand before its last table does."""
SHUT = "up.sealed"
AWAY = "coalesce(up.read_until < (now() AT TIME ZONE 'Europe/Sofia')::date, false)"
"""When the inside of a file is shut to its own service: while it is sealed, and after it went to another one."""
# Somebody just written stands in no file yet; whoever writes must still read the row back.
PERSON = f"""{WHOLE} OR EXISTS (SELECT 1 FROM casework_clientfile f WHERE f.person_id = casework_person.id)
 OR EXISTS (SELECT 1 FROM casework_relation r WHERE r.person_id = casework_person.id)
 OR casework_in_no_file(casework_person.id)"""  # noqa: S608 - the names are our own


def raise_wall(apps: Any, schema_editor: Any) -> None:
    """Shut every table of the room; on another database than PostgreSQL nothing."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for statement in (FREE, OPENED, *shutting(apps)):
        schema_editor.execute(statement, params=None)


def raise_again(apps: Any, schema_editor: Any) -> None:
    """Shut every table anew, by the rules as they are now; for a migration that changes what they look at."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for model in guarded(apps):
        schema_editor.execute(f"DROP POLICY IF EXISTS wall ON {model._meta.db_table}", params=None)
    for statement in (OPENED, *shutting(apps)):
        schema_editor.execute(statement, params=None)


def lower_wall(apps: Any, schema_editor: Any) -> None:
    """Open them again; only a migration backwards may."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for model in guarded(apps):
        table = model._meta.db_table
        schema_editor.execute(f"DROP POLICY IF EXISTS wall ON {table}", params=None)
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", params=None)
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY", params=None)
    schema_editor.execute("DROP FUNCTION IF EXISTS casework_opened_to(bigint, timestamptz)", params=None)
    schema_editor.execute("DROP FUNCTION IF EXISTS casework_in_no_file(bigint)", params=None)


def shutting(apps: Any, only: Iterable[str] = ()) -> Iterator[str]:
    """The statements that shut all tables, or those of the models named; for the migration that adds a table."""
    for model in guarded(apps):
        if only and str(model._meta.model_name) not in only:
            continue
        table = model._meta.db_table
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        yield f"CREATE POLICY wall ON {table} USING ({rule_of(model)})"


def guarded(apps: Any) -> list[type[models.Model]]:
    """The models of the room that the wall shuts."""
    every = apps.get_app_config("casework").get_models(include_auto_created=True)
    return [model for model in every if model._meta.model_name not in OPEN]


def rule_of(model: type[models.Model]) -> str:
    """When a row of the table is seen, in SQL. LookupError for a table that hangs on nothing."""
    name, table = str(model._meta.model_name), model._meta.db_table
    if name == "clientfile":
        return OWN
    if name == "person":
        return PERSON
    if name in OF_SERVICE:
        return f"service_id = ANY({SERVICES})"
    key, parent = _hangs_on(model)
    shut = _shut(model) if parent == "clientfile" and name not in OUTSIDE else ""
    return f"{WHOLE} OR EXISTS (SELECT 1 FROM casework_{parent} up WHERE up.id = {table}.{key}{shut})"  # noqa: S608


def _shut(model: type[models.Model]) -> str:
    """The inside of a file is seen unless it is shut, or when it is open to this person."""
    tie = next(field for field in model._meta.concrete_fields if field.name == "file")
    moves = any(field.name == "read_until" for field in tie.related_model._meta.concrete_fields)  # type: ignore[union-attr]
    when = f"{SHUT} OR {AWAY}" if moves else SHUT  # migrations before 0003 know no such column
    return f" AND (NOT ({when}) OR up.id = ANY({FILES}))"


def _hangs_on(model: type[models.Model]) -> tuple[str, str]:
    """The column that ties a row to a shut table, `file` before others; never one that may be empty."""
    ties = [field for field in model._meta.concrete_fields if _is_tie(field)]
    if not ties:
        raise LookupError(f"{model._meta.label} hangs on no file: tie it to one, or name it in OPEN")
    chosen = next((field for field in ties if field.name == "file"), ties[0])
    return str(chosen.column), str(chosen.related_model._meta.model_name)  # type: ignore[union-attr]


def _is_tie(field: Any) -> bool:
    if not field.is_relation or field.null:
        return False
    to = field.related_model._meta
    return (
        to.app_label == "casework"
        and to.model_name not in OPEN
        and to.model_name != field.model._meta.model_name
    )
