"""What a page says when something is not as it should be, and what it says to do about it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.administering import card, news, open_knowledge, sign_in
from tests.browser.asking import answered, ask, be, complete, field, opener, panel, threads, turn
from tests.browser.company import (
    COFFEE,
    FOR_EVERYONE,
    FOR_NOBODY,
    HALF_BROKEN,
    LEAVE,
    NO_SOURCES,
    SALARIES,
    SOURCE,
    company,
    put,
    without_embedder,
)
from tests.browser.conftest import Visit
from tests.browser.site import Site, copied, serving, sync

pytestmark = pytest.mark.browser

QUESTION = "Hoeveel vakantiedagen heb ik?"
ANSWER = "27 vakantiedagen"
ACCESS_TOKEN = "the-code-for-everybody"


def test_no_source_is_configured(tmp_path: Path, visit: Visit) -> None:
    """The conversation says that there is nothing to read yet; the administrator reads what to put in the settings."""
    with serving(company(tmp_path / "company", {}, NO_SOURCES)) as site:
        page = open_knowledge(visit, site)
        expect(page.get_by_text("Er zijn nog geen bronnen")).to_be_visible()
        expect(page.get_by_text("[[sources]]")).to_be_visible()
        page.goto(site.url)
        expect(page.get_by_text("Er zijn nog geen documenten die je mag lezen. Je beheerder")).to_be_visible()
        asked = answered(page, QUESTION)
        expect(asked.get_by_text("Niet gevonden")).to_be_visible()
        expect(asked.get_by_text("Er zijn nog geen documenten die je mag lezen, dus")).to_be_visible()


def test_nobody_may_read(tmp_path: Path, visit: Visit) -> None:
    """Documents of which nothing says who may read them: nobody is answered from them, the administrator sees why."""
    with serving(company(tmp_path / "company", {"verlof.md": LEAVE, "koffie.md": COFFEE}, FOR_NOBODY)) as site:
        page = open_knowledge(visit, site)
        expect(card(page, SOURCE)).to_contain_text("2 documenten mag niemand lezen")
        expect(card(page, SOURCE)).to_contain_text("Geef in de bron aan wie het mag lezen")
        card(page, SOURCE).get_by_role("link", name="Bekijk welke").click()
        expect(page.get_by_role("row").filter(has_text="Koffie")).to_contain_text("niemand")
        page.goto(site.url)
        expect(page.get_by_text("Er zijn nog geen documenten die je mag lezen. Je beheerder")).to_be_visible()


def test_half_of_the_files_fail(tmp_path: Path, visit: Visit) -> None:
    """What can be read answers; the administrator sees what can't, and it is mended by the next sync."""
    with serving(company(tmp_path / "company", HALF_BROKEN)) as site:
        page = open_knowledge(visit, site)
        expect(card(page, SOURCE)).to_contain_text("2 documenten kunnen niet gelezen worden")
        for name in ("jaarplan", "handleiding"):
            (site.folder / "documents" / f"{name}.pdf").unlink()
            put(site.folder, f"{name}.md", COFFEE)
        page.get_by_role("button", name=f"Synchroniseer nu: {SOURCE}").click()
        expect(page.get_by_text("Alles is bijgewerkt")).to_be_visible()
        page.goto(site.url)
        expect(answered(page, QUESTION).get_by_text(ANSWER)).to_be_visible()


def test_embedder_is_missing(indexed_handbook: Path, tmp_path: Path, visit: Visit) -> None:
    """The server serves what it can; a question ends in an honest word, and who watches the server is told."""
    folder = copied(indexed_handbook, tmp_path / "company")
    with serving(folder, without_embedder(tmp_path / "python")) as site:
        page = visit(site.url)
        asked = answered(page, QUESTION)
        expect(asked.get_by_text("Mislukt")).to_be_visible()
        expect(asked.get_by_text("waarschuw je beheerder")).to_be_visible()
        expect(asked.get_by_role("button", name="Vraag opnieuw")).to_be_visible()
        assert page.request.get(f"{site.url}/ready").status == HTTPStatus.SERVICE_UNAVAILABLE
        assert page.request.get(f"{site.url}/health").status == HTTPStatus.OK


def test_index_is_broken_while_serving(handbook: Site, visit: Visit) -> None:
    """A damaged index: the question ends in an honest word; what was asked before can still be read."""
    page = open_knowledge(visit, handbook)
    page.goto(handbook.url)
    answered(page, QUESTION)
    for file in (handbook.folder / ".kennisbot").glob("index.sqlite*"):
        file.write_bytes(b"this is no database " * 512)
    failed = answered(page, "Wanneer wordt de koffieautomaat schoongemaakt?")
    expect(failed.get_by_text("Mislukt")).to_be_visible()
    page.reload()
    expect(turn(page, 0).get_by_text(ANSWER)).to_be_visible()
    page.goto(handbook.url)
    expect(page.get_by_text("Op dit moment kan ik er niet bij")).to_be_visible()
    page.goto(f"{handbook.url}/knowledge")
    expect(
        page.get_by_role("main").get_by_text(re.compile("Ik kan nu niet bij de documenten.*kenmerk"))
    ).to_be_visible()
    expect(page.get_by_role("button", name="Probeer opnieuw")).to_be_visible()


def test_document_is_withdrawn(handbook: Site, visit: Visit) -> None:
    """What somebody may no longer read is gone from the answers of before as well: its card does not open it."""
    page = visit(handbook.url)
    be(page, "Sanne de Vries (hr)")
    asked = answered(page, "Hoeveel verdien ik maximaal in schaal 7?")
    expect(opener(asked, 1)).to_have_text("Salarisschalen")
    put(handbook.folder, "salarissen.md", SALARIES.replace("[hr]", "[directie]"))
    sync(handbook.folder)
    opener(asked, 1).click()
    expect(panel(page).get_by_role("heading", name="Dit document is er niet meer")).to_be_visible()
    expect(panel(page).get_by_text("Dit document is er niet meer, of je mag het niet (meer) lezen.")).to_be_visible()
    expect(panel(page)).not_to_contain_text("4.812")


def test_document_has_changed(handbook: Site, visit: Visit) -> None:
    """The document that is opened is today's; that the quoted words are no longer in it is said."""
    page = visit(handbook.url)
    asked = answered(page, QUESTION)
    put(handbook.folder, "verlof.md", LEAVE.replace("27 vakantiedagen", "25 vakantiedagen"))
    sync(handbook.folder)
    opener(asked, 1).click()
    expect(panel(page).get_by_text("Dit document is gewijzigd sinds het antwoord")).to_be_visible()
    expect(panel(page)).to_contain_text("25 vakantiedagen")


def test_page_is_for_who_has_a_code(tmp_path: Path, indexed_handbook: Path, visit: Visit) -> None:
    """With an access token set, a visitor signs in first; the address they came for is where they end."""
    folder = copied(indexed_handbook, tmp_path / "company")
    settings = FOR_EVERYONE.replace("demo = true", f'access_token = "{ACCESS_TOKEN}"')
    (folder / "kennisbot.toml").write_text(f'{settings}\n[server]\nhost = "0.0.0.0"\n')
    with serving(folder) as site:
        local = f"http://127.0.0.1:{site.url.rpartition(':')[2]}"
        page = visit(local)
        expect(page).to_have_url(re.compile("/sign-in"))
        assert page.request.get(f"{local}/api/threads").status == HTTPStatus.UNAUTHORIZED
        sign_in(page, ACCESS_TOKEN)
        expect(answered(page, QUESTION).get_by_text(ANSWER)).to_be_visible()
        page.goto(f"{local}/knowledge")
        expect(page.get_by_text("De kennispagina is voor beheerders.")).to_be_visible()


def test_disk_is_full(indexed_handbook: Path, tmp_path: Path, visit: Visit) -> None:
    """A question that can't be kept is not lost, and a sync says what to do; with room again all goes on."""
    with _small_disk(tmp_path / "disk") as disk:
        folder = copied(indexed_handbook, tmp_path / "company")
        shutil.copytree(folder / ".kennisbot", disk / "data")
        (folder / "kennisbot.toml").write_text(f'data_folder = "{disk / "data"}"\n{FOR_EVERYONE}')
        with serving(folder) as site:
            page = open_knowledge(visit, site)
            expect(news(page)).to_contain_text("Synced, nothing new")
            filling = _fill(disk)
            put(site.folder, "lang.md", LEAVE + "\n\nNog een regel over verlof, die ook bewaard moet worden.\n" * 400)
            page.get_by_role("button", name=f"Synchroniseer nu: {SOURCE}").click()
            expect(card(page, SOURCE).get_by_text(re.compile("disk", re.IGNORECASE)).first).to_be_visible()
            page.goto(site.url)
            _ask_in_vain(page)
            filling.unlink()
            field(page).press("Enter")
            complete(turn(page))
            expect(turn(page).get_by_text(ANSWER)).to_be_visible()


def _ask_in_vain(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.get_by_role("alert").filter(has_text="Ik kan nu niets bewaren of terugvinden.")).to_be_visible()
    expect(field(page)).to_have_value(QUESTION)
    expect(threads(page).get_by_role("listitem")).to_have_count(0)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(  # noqa: S603 - our own
        ["/bin/mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be made by root only, where mounting is allowed")
    try:
        yield folder
    finally:
        subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)  # noqa: S603 - our own


def _fill(disk: Path) -> Path:
    """Fill a disk to its last block, and return the file that does it."""
    filling = disk / "filling"
    with filling.open("wb") as file:
        for block in (1 << 16, 1 << 12, 1):
            with pytest.raises(OSError, match="No space left"):
                while True:
                    os.write(file.fileno(), b"0" * block)
    return filling
