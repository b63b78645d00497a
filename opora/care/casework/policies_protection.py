"""Who may do what to protect files, in sentences. The data protection officer never reads a file."""

from __future__ import annotations

from opora.care.casework.models import Alert, BulkExport, ClientFile, Erasure
from opora.care.casework.policies import headed_by, heads, is_open_to, reads_by_work
from opora.foundation.accounts.actors import Actor


def protects(actor: Actor) -> bool:
    """Heads in their services, the officer everywhere."""
    return actor.holds("service_manager") or is_officer(actor)


def is_officer(actor: Actor) -> bool:
    """Oversees the protection of data in the whole country."""
    return actor.holds("dpo_auditor")


def oversees(actor: Actor, path: str) -> bool:
    """What concerns the files of that service: its head and the officer."""
    return is_officer(actor) or heads(actor, path)


def allow_more(actor: Actor, alert: Alert) -> bool:
    """Who was stopped is let on by the head of the service; a head is let on by another head or the officer."""
    if actor.user_id == alert.user_id or alert.kind != Alert.DAY or alert.answered_at:
        return False
    return heads(actor, alert.path) or (is_officer(actor) and headed_by(alert.user_id, alert.path))


def look_into(actor: Actor, alert: Alert) -> bool:
    """The officer writes what a watched file's opening was about, another head also what many archives were for; never
    whom it is about.
    """
    if alert.answered_at or actor.user_id == alert.user_id:
        return False
    return (
        is_officer(actor)
        if alert.kind == Alert.BAIT
        else alert.kind == Alert.BULK and oversees(actor, alert.path)
    )


def watch(actor: Actor) -> bool:
    """Only the officer knows which files are watched."""
    return is_officer(actor)


def give_copy(actor: Actor, file: ClientFile) -> bool:
    """The head gives the person a copy; of a sealed file, or one that went elsewhere, only while it is open to them."""
    return heads(actor, file.path) and is_open_to(actor, file)


def archive_file(actor: Actor, file: ClientFile) -> bool:
    """The head takes the whole file out for decades; a sealed one only while it is open to them."""
    return actor.user_id is not None and give_copy(actor, file)


def ask_to_erase(actor: Actor, file: ClientFile) -> bool:
    """The head of the service, who sees the file."""
    return give_copy(actor, file)


def confirm_erasure(actor: Actor, erasure: Erasure) -> bool:
    """Another person: the officer, or another head of the service."""
    return actor.user_id is not None and actor.user_id != erasure.user_id and oversees(actor, erasure.path)


def confirm_list(actor: Actor, asked: BulkExport) -> bool:
    """Another person: the officer, or another head of the service."""
    return actor.user_id is not None and actor.user_id != asked.user_id and oversees(actor, asked.path)


def keep_file(actor: Actor, file: ClientFile) -> bool:
    """Who reads it by their work says why it must be kept; of a closed one too."""
    return reads_by_work(actor, file) and is_open_to(actor, file)


def lift_hold(actor: Actor, file: ClientFile) -> bool:
    """Only the head lets a file go again."""
    return heads(actor, file.path)
