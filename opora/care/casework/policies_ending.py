"""Who may make contracts, review plans, transfer and close files, in sentences."""

from __future__ import annotations

from opora.care.casework import policies, stages
from opora.care.casework.models import ClientFile, Contract, Plan, Transfer
from opora.foundation.accounts.actors import Actor

REVIEWED_IN = (stages.WORK, stages.REVIEW)


def make_contract(actor: Actor, file: ClientFile) -> bool:
    """Who writes the file."""
    return policies.write_file(actor, file)


def change_contract(actor: Actor, contract: Contract) -> bool:
    """Who writes the file, until it is signed."""
    return not contract.is_signed and policies.write_file(actor, contract.file)


def review_plan(actor: Actor, file: ClientFile, plan: Plan | None) -> bool:
    """Who writes the file, while work goes by an approved plan."""
    return plan is not None and file.stage in REVIEWED_IN and policies.write_file(actor, file)


def close_file(actor: Actor, file: ClientFile) -> bool:
    """Who writes the file, unless another service is asked to take it."""
    return policies.write_file(actor, file)


def transfer_file(actor: Actor, file: ClientFile) -> bool:
    """The head of the service; a sealed file while two persons opened it to them."""
    return file.is_open and policies.heads(actor, file.path) and policies.is_open_to(actor, file)


def confirm_transfer(actor: Actor, transfer: Transfer) -> bool:
    """Of a sealed file: another person whose file it is by work, before it is offered to anybody."""
    waits = transfer.answered_at is None and transfer.confirmed_at is None and transfer.file.sealed
    other = actor.user_id is not None and actor.user_id != transfer.asked_by_id
    return waits and other and policies.reads_by_work(actor, transfer.file)


def answer_transfer(actor: Actor, transfer: Transfer) -> bool:
    """The head of the receiving service, while it waits; of a sealed file once a second person confirmed the offer."""
    offered = not transfer.file.sealed or transfer.confirmed_at is not None
    return offered and transfer.answered_at is None and policies.heads(actor, transfer.to.path)


def take_back_transfer(actor: Actor, transfer: Transfer) -> bool:
    """The head who offers the file, while it waits."""
    return transfer.answered_at is None and policies.heads(actor, transfer.file.path)
