"""Who people are: the people file, and what is told of one that is wrong."""

from pathlib import Path

import pytest

from bot.directory import PeopleFile
from bot.errors import SettingsError, UnknownPerson
from bot.models import User, UserReference

PEOPLE = """
[[people]]
email = "Sanne@Company.example"
name = "Sanne de Vries"
groups = ["HR", " board "]

[[people]]
email = "tom@company.example"
"""


def people(folder: Path, text: str = PEOPLE) -> PeopleFile:
    path = folder / "people.toml"
    path.write_text(text, "utf-8")
    return PeopleFile(path)


async def look_up(directory: PeopleFile, email: str) -> User:
    return await directory.look_up(UserReference("console", "local", email))


async def test_principals_are_address_groups_and_all_employees(tmp_path: Path) -> None:
    """Who is in groups may read what those may read, whatever the case they are written in."""
    user = await look_up(people(tmp_path), "sanne@company.example")
    assert user == User(
        "sanne@company.example",
        "Sanne de Vries",
        frozenset({"sanne@company.example", "hr", "board", "everyone", "public"}),
    )


@pytest.mark.parametrize("asked", ["SANNE@company.example", "  sanne@company.EXAMPLE "])
async def test_case_and_blanks_of_an_address_do_not_matter(tmp_path: Path, asked: str) -> None:
    """Platforms write addresses as they like."""
    assert (await look_up(people(tmp_path), asked)).name == "Sanne de Vries"


async def test_somebody_without_a_name_goes_by_the_address(tmp_path: Path) -> None:
    """Name and groups need not be filled in."""
    user = await look_up(people(tmp_path), "tom@company.example")
    assert user == User(
        "tom@company.example",
        "tom@company.example",
        frozenset({"tom@company.example", "everyone", "public"}),
    )


async def test_no_address_is_an_employee_in_no_group(tmp_path: Path) -> None:
    """Whoever sits at the terminal may read what everybody may."""
    assert await look_up(people(tmp_path), "") == User("", "", frozenset({"everyone", "public"}))


async def test_unknown_address_names_the_nearest(tmp_path: Path) -> None:
    """A slip of the pen is told as one."""
    with pytest.raises(UnknownPerson) as caught:
        await look_up(people(tmp_path), "Sane@company.example")
    assert (caught.value.email, caught.value.nearest) == ("Sane@company.example", "sanne@company.example")
    assert str(caught.value) == (
        "Nobody has the address Sane@company.example in the people file. Did you mean sanne@company.example?"
    )


async def test_unknown_address_without_a_near_one(tmp_path: Path) -> None:
    """Nothing is suggested that is not alike."""
    with pytest.raises(UnknownPerson) as caught:
        await look_up(people(tmp_path), "x@y.z")
    assert caught.value.nearest is None
    assert str(caught.value) == "Nobody has the address x@y.z in the people file."


async def test_without_a_file_nobody_is_known() -> None:
    """Groups need a file."""
    with pytest.raises(UnknownPerson):
        await look_up(PeopleFile(None), "sanne@company.example")


def test_count(tmp_path: Path) -> None:
    """Doctor tells how many people the file names."""
    assert [len(one.people) for one in (people(tmp_path), PeopleFile(None), people(tmp_path, ""))] == [2, 0, 0]


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("[[people]]\nemail = 'sanne'", "people[0].email", "expected an e-mail address, found 'sanne'"),
        ("[[people]]\nname = 'Sanne'", "people[0].email", "is missing"),
        ("[[people]]\nemail = 'a@b'\nadmin = true", "people[0].admin", "there is no such key"),
        ("[[persons]]\nemail = 'a@b'", "persons", "there is no such key"),
        ("[[people]]\nemail = 'a@b'\ngroups = 'hr'", "people[0].groups", "expected a list"),
        ("[[people]]\nemail = 5", "people[0].email", "expected text"),
        ("[[people]", "", "it is not TOML"),
    ],
)
def test_wrong_file_is_told_with_the_place_and_the_form(tmp_path: Path, text: str, key: str, message: str) -> None:
    """The administrator reads where it is wrong, and how it should look."""
    with pytest.raises(SettingsError) as caught:
        people(tmp_path, text)
    [problem] = caught.value.problems
    assert problem.where.startswith(str(tmp_path / "people.toml"))
    assert problem.key == key
    assert message in problem.message
    assert "[[people]]" in problem.hint


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Nobody wants to mend a file error by error."""
    with pytest.raises(SettingsError) as caught:
        people(tmp_path, "[[people]]\nemail = 'a'\n[[people]]\nemail = 'b'")
    assert [problem.key for problem in caught.value.problems] == ["people[0].email", "people[1].email"]


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its path and what should stand in it."""
    with pytest.raises(SettingsError, match=r"people\.toml: it can't be read: No such file"):
        PeopleFile(tmp_path / "people.toml")


def test_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    """With what to do about it."""
    (tmp_path / "people.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(SettingsError, match="it is not TOML"):
        PeopleFile(tmp_path / "people.toml")


def test_address_that_stands_there_twice_is_told(tmp_path: Path) -> None:
    """Otherwise the groups of one of the two would be left out unseen."""
    twice = "[[people]]\nemail = 'a@b'\ngroups = ['hr']\n[[people]]\nemail = 'A@B'\n"
    with pytest.raises(SettingsError, match="a@b stands there more than once"):
        people(tmp_path, twice)


def test_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Some editors write one."""
    assert len(people(tmp_path, "\ufeff" + PEOPLE).people) == 2
