"""The password of a server: kept in its home, where only its owner reads it."""

import os
import secrets
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ClientError

from scripts.neo4j_server.errors import WrongPassword
from scripts.neo4j_server.homes import has_data
from scripts.neo4j_server.servers import Server

USER = "neo4j"
FIRST = "neo4j"  # what every new Neo4j has, and wants changed
CHANGE = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
LONGEST_WAIT_SECONDS = 30


def password_for(server: Server) -> str:
    """Return the password that the server has or is to get: the one given, else the one kept, else a new one.

    Raises:
        WrongPassword: if the one given is not the one kept, or nothing tells that of existing data.
    """
    file = password_file(server.home)
    kept = file.read_text(encoding="utf-8") if file.exists() else None
    if not has_data(server.home):
        return server.password or kept or secrets.token_urlsafe(18)
    if server.password is not None and kept not in {None, server.password}:
        raise WrongPassword(
            f"The password in SHOUWANG_NEO4J_PASSWORD is not that of the server {server.name}."
            f" Please unset it, for the right one is kept in {file}."
            " Remove that file only if the password was changed since."
        )
    password = server.password or kept
    if password is None:
        raise WrongPassword(
            f"The password of the server {server.name} is not in {file}."
            " Please set SHOUWANG_NEO4J_PASSWORD to it, or wipe the server."
        )
    return password


def keep(password: str, home: Path) -> None:
    """Store the password in the home, for the owner alone."""
    file = password_file(home)
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(password)
    new.rename(file)


def password_file(home: Path) -> Path:
    """Return where a home keeps its password."""
    return home / "password"


def settle(address: str, password: str, server: Server) -> None:
    """Make this the password of the running server, if it has the first one still.

    Raises:
        WrongPassword: if it has another.
    """
    if _opens(address, password) or (_change_first(address, password) and _opens(address, password)):
        return
    raise WrongPassword(
        f"The server {server.name} refuses the password that"
        f" {'is in SHOUWANG_NEO4J_PASSWORD' if server.password else f'{password_file(server.home)} holds'}."
        " Please set SHOUWANG_NEO4J_PASSWORD to the right one, or wipe the server."
    )


def _opens(address: str, password: str) -> bool:
    with _driver(address, password) as driver:
        return _succeeds(driver, "RETURN 1", "neo4j")


def _change_first(address: str, password: str) -> bool:
    with _driver(address, FIRST) as driver:
        return _succeeds(driver, CHANGE, "system", old=FIRST, new=password)


def _driver(address: str, password: str) -> Driver:
    return GraphDatabase.driver(
        address, auth=(USER, password), max_transaction_retry_time=LONGEST_WAIT_SECONDS
    )


def _succeeds(driver: Driver, query: str, database: str, **parameters: str) -> bool:
    """Return whether the server runs the query for whoever the driver logs in as."""
    try:
        driver.execute_query(query, parameters, database_=database)
    except ClientError as refusal:
        # After three wrong passwords Neo4j says so with another error than before.
        if isinstance(refusal, AuthError) or (refusal.code or "").startswith("Neo.ClientError.Security."):
            return False
        raise
    return True
