"""`kennisbot serve`, as an administrator meets it when something is wrong; serving itself is a scenario of its own."""

import socket
import sqlite3

from tests.fakes.company import Company


def test_missing_index_says_what_to_do(company: Company) -> None:
    """There is nothing to answer from before the first sync."""
    result = company.run("serve", "--port", "0")
    assert result.exit_code == 1
    assert "there is no index at" in result.stderr
    assert "Run `kennisbot sync` first." in result.stderr


def test_taken_port_says_what_to_do(synced: Company) -> None:
    """Two of them on one machine need two ports."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = synced.run("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"Another program listens on port {port} of 127.0.0.1" in result.stderr
    assert "set server.port to another port" in result.stderr


def test_busy_database_says_what_to_do(synced: Company) -> None:
    """A program that holds the file of threads is named as the cause."""
    path = synced.folder / ".kennisbot" / "bot.sqlite"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        result = synced.run("serve", "--port", "0")
    other.close()
    assert result.exit_code == 1
    assert f"the database {path} is held by another program" in result.stderr
    assert "try again" in result.stderr


def test_other_address_needs_a_token(synced: Company) -> None:
    """Nobody opens the documents to the network by one line of settings."""
    synced.write("kennisbot.toml", (synced.folder / "kennisbot.toml").read_text() + '[server]\nhost = "0.0.0.0"\n')
    result = synced.run("serve")
    assert result.exit_code == 2
    assert "so people have to sign in. Set web.access_token, or host to 127.0.0.1" in result.stderr


def test_person_who_is_not_in_the_people_file_is_refused(synced: Company) -> None:
    """Whoever signs in would be nobody."""
    web = '[web]\naccess_token = "a-long-secret-for-people"\nperson = "sane@company.example"\n'
    synced.write("kennisbot.toml", (synced.folder / "kennisbot.toml").read_text() + web)
    result = synced.run("serve", "--port", "0")
    assert result.exit_code == 2
    assert "Did you mean sanne@company.example?" in result.stderr
