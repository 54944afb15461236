"""`kennisbot calibrate`: thresholds fitted to a company's own questions, kept where they win, and undone."""

import json
import shutil
from pathlib import Path

import pytest

from bot.cli.evaluation.calibrate_report import show
from bot.cli.terminal import output
from pipelines.calibration import Fit
from pipelines.evaluation.fitting import Fitting, Shares, Trial
from tests.builders.dataset import write_dataset, write_layout
from tests.fakes.company import Company, working_in

COLOURS = ("red", "blue", "green", "grey", "pink", "white", "black", "brown")
GOODS = [
    f"{start}{end}"
    for end in ("mo", "ri", "ten", "ska", "lu")
    for start in ("ba", "de", "fi", "go", "ha", "ki", "pe", "zu")
]
TEXTS = {
    good: f"The {colour}room, the {colour}desk, the {colour}door and the {colour}lamp have {good}box and {good}lid."
    for good, colour in zip(GOODS, COLOURS * 5, strict=True)
}
"""Sentences of five documents at a time are much alike, so that the index takes nearness for little."""

FEW_WORDS = {good: f"Which shelf holds {good}box beside {good}lid?" for good in GOODS}
"""They have little in common with their document and nothing with the others: unfitted, none is answered."""

MANY_WORDS = {good: f"Do they say this: {text}" for good, text in TEXTS.items()}
"""Unfitted, each is answered by its document, and hardly one by another: there is nothing to win."""

KEYS = ["kept", "questions", "held_back", "in_force", "fitted", "difference", "interval", "thresholds", "curve"]
SHARES = ["answered", "closest", "not_found", "wrongly_answered", "worth"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company's folder with its index, and two data sets of 40 questions on the same documents."""
    folder = tmp_path_factory.mktemp("company")
    with pytest.MonkeyPatch.context() as patch, working_in(folder, patch) as company:
        (folder / "wiki/leave.md").unlink()
        for good, text in TEXTS.items():
            company.write(f"wiki/{good}.md", f"# {good.title()}\n\n{text}\n")
        assert company.run("sync").exit_code == 0
        for name, queries in (("few", FEW_WORDS), ("many", MANY_WORDS)):
            write_layout(folder / name, TEXTS, queries, {good: [good] for good in GOODS})
    return folder


@pytest.fixture(scope="module")
def won(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same after a fit that won, and what the terminal showed."""
    folder = _copied(made, tmp_path_factory.mktemp("won"))
    with pytest.MonkeyPatch.context() as patch, working_in(folder, patch) as company:
        result = company.run("calibrate", "few")
        assert result.exit_code == 0, result.stderr
    return folder, result.stdout


@pytest.fixture
def indexed(company: Company, made: Path) -> Company:
    _copied(made, company.folder)
    return company


@pytest.fixture
def fitted(company: Company, won: tuple[Path, str]) -> Company:
    _copied(won[0], company.folder)
    return company


def _copied(folder: Path, to: Path) -> Path:
    return shutil.copytree(folder, to, dirs_exist_ok=True)


def _answered(company: Company) -> dict[str, float]:
    """Return the shares answered with and without the documents that answer."""
    found = company.json("eval", "answers", "few", "--leave-out")
    return {kind: found[kind]["answered"] for kind in ("answerable", "left_out")}


def _doctor(company: Company) -> dict[str, str]:
    return {check["name"]: f"{check['status']}: {check['seen']}" for check in company.json("doctor")["checks"]}


def test_fit_that_wins_is_shown(won: tuple[Path, str]) -> None:
    """What was tried on which questions, by how much it wins, what each strictness costs, and how to undo it."""
    words = " ".join(won[1].split())
    assert words.startswith("few: 40 questions with a document that answers, 20 of them held back")
    assert "The questions held back, with the strictness careful in force fitted" in words
    assert "answered 0.0% 100.0%" in words
    assert "not found 100.0% 0.0%" in words
    assert "worth (1 helps, -1 misleads) 0.000 0." in words
    assert "The fitted thresholds win: +0." in words
    assert "They are in force from now on. To undo: kennisbot calibrate --reset" in words
    assert "careful about 5% 100.0%" in words
    assert "balanced about 10% 100.0%" in words
    assert "about 1%" not in words
    assert "may be chance" not in words
    assert "Choose with `strictness` under [answers] in the settings." in words


def test_gain_that_may_be_chance_is_called_so() -> None:
    """It is kept all the same: nothing speaks against it."""
    before, after = Shares(0.5, 0.5, 0.0, 0.05, 0.25), Shares(0.6, 0.4, 0.0, 0.05, 0.3)
    fit = Fit(0.9, 0.8, 0.0, "own", 40, "2026-01-05", {"chunks": 7, "written": 7})
    with output.capture() as shown:
        show(Fitting(Trial(20, before, after, 0.05, (-0.1, 0.2)), fit, {0.05: 0.6}))
    words = " ".join(shown.get().split())
    assert "The fitted thresholds win: +0.050 a question (95 % interval -0.100 to +0.200)." in words
    assert "The interval holds 0: the gain may be chance, and more questions would tell." in words


def test_fit_that_wins_is_in_force(fitted: Company) -> None:
    """For people's questions at once, and for whatever is measured from now on; doctor says where it is from."""
    assert _doctor(fitted)["fit"].startswith("ok: thresholds fitted to 40 questions of few, on 20")
    shares = _answered(fitted)
    assert shares["answerable"] == 1
    assert shares["left_out"] <= 0.1
    [outcome] = {fitted.json("ask", FEW_WORDS[good])["outcome"] for good in GOODS[:3]}
    assert outcome == "answered"


def test_reset_undoes_it(fitted: Company) -> None:
    """The thresholds that the index made for itself answer as they did before."""
    result = fitted.run("calibrate", "--reset")
    said = "The thresholds that the index makes for itself are in force from now on.\n"
    assert (result.exit_code, result.stdout) == (0, said)
    assert "fit" not in _doctor(fitted)
    assert _answered(fitted) == {"answerable": 0, "left_out": 0}


def test_fit_that_does_not_win_is_not_kept(fitted: Company) -> None:
    """What was in force stays, be it an earlier fit, and it is said."""
    before = _doctor(fitted)["fit"]
    result = fitted.run("calibrate", "few")
    words = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "The fitted thresholds do not win: " in words
    assert "Those in force stay." in words
    assert "--reset" not in words
    assert "Choose with" not in words
    assert _doctor(fitted)["fit"] == before


def test_json_of_a_fit_that_wins(indexed: Company) -> None:
    """A script reads whether it is kept, and by how much it won."""
    found = indexed.json("calibrate", "few")
    assert list(found) == KEYS
    assert (found["kept"], found["questions"], found["held_back"]) == (True, 40, 20)
    assert list(found["in_force"]) == list(found["fitted"]) == SHARES
    assert (found["in_force"]["answered"], found["fitted"]["answered"]) == (0, 1)
    assert 0 < found["interval"][0] <= found["difference"] <= found["interval"][1]
    assert found["thresholds"]["low"] <= found["thresholds"]["balanced"] <= found["thresholds"]["careful"] < 1
    assert [wrong for wrong, _ in found["curve"]] == [0.05, 0.1, 0.15, 0.2]


def test_json_of_a_fit_that_does_not_win(indexed: Company) -> None:
    """The same keys; nothing is in force but what was."""
    found = indexed.json("calibrate", "many")
    assert list(found) == KEYS
    assert not found["kept"]
    assert found["difference"] <= 0
    assert "fit" not in _doctor(indexed)


def test_json_of_a_reset(synced: Company) -> None:
    """The same keys, without values; there need not be anything to undo."""
    assert synced.json("calibrate", "--reset") == {**dict.fromkeys(KEYS), "kept": False}


def test_fit_is_made_for_careful_whatever_the_strictness_is(
    indexed: Company, won: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has chosen balanced gets the same thresholds, of which balanced is then the laxer one."""
    monkeypatch.setenv("KENNISBOT_ANSWERS__STRICTNESS", "balanced")
    assert indexed.run("calibrate", "few").stdout == won[1]


def test_fit_is_told_among_what_differs_between_runs(indexed: Company, won: tuple[Path, str]) -> None:
    """Who compares a run before with one after sees that the thresholds are others."""
    indexed.run("eval", "answers", "few", "--save", "before.json")
    _copied(won[0], indexed.folder)
    found = indexed.json("eval", "answers", "few", "--against", "before.json")["against"]
    [(name, (before, now))] = found["settings"].items()
    assert (name, before) == ("thresholds fitted to", None)
    assert now.startswith("40 questions of few, 20")
    assert found["answered"]["won"] == 40


def test_too_few_questions(indexed: Company) -> None:
    """It is said how many there are and how many are needed, before anything is asked."""
    write_dataset(indexed.folder / "small")
    result = indexed.run("calibrate", "small")
    assert result.exit_code == 1
    assert "small: 3 questions have a document that answers, and 40 are needed" in result.stderr
    assert "kennisbot eval new" in result.stderr
    assert "indexing" not in result.stderr


def test_data_set_with_too_little_text(indexed: Company) -> None:
    """Forty questions on one document tell nothing of near misses."""
    queries = {good: f"{question} Really?" for good, question in FEW_WORDS.items()}
    write_layout(indexed.folder / "thin", {"one": TEXTS["bamo"]}, queries, {good: ["one"] for good in GOODS})
    result = indexed.run("calibrate", "thin")
    assert result.exit_code == 1
    assert "thin: its documents hold too little text to tell an answer from a near miss" in result.stderr
    assert "Make it anew from the whole index with `kennisbot eval new`." in result.stderr


def test_index_with_too_little_text(synced: Company, made: Path) -> None:
    """There is nothing yet that a fit could move; it is said what to do."""
    result = synced.run("calibrate", str(made / "few"))
    assert result.exit_code == 1
    assert "the index has no thresholds that a fit could move" in result.stderr
    assert "Index at least 10 documents with `kennisbot sync`" in result.stderr


@pytest.mark.parametrize("argument", ["few", "--reset"])
def test_no_index(company: Company, made: Path, argument: str) -> None:
    """With the command that makes one; none is made by the way."""
    shutil.copytree(made / "few", company.folder / "few")
    result = company.run("calibrate", argument, "--json")
    assert result.exit_code == 1
    error = json.loads(result.stdout)["error"]
    assert "there is no index at" in error["message"]
    assert "kennisbot sync" in error["remedy"]
    assert not (company.folder / ".kennisbot/index.sqlite").exists()


def test_folder_that_is_no_data_set(indexed: Company) -> None:
    """It is said which file is missing."""
    result = indexed.run("calibrate", "wiki")
    assert result.exit_code == 1
    assert "corpus.jsonl" in result.stderr


@pytest.mark.parametrize("arguments", [(), ("few", "--reset")], ids=["neither", "both"])
def test_wrong_usage(company: Company, arguments: tuple[str, ...]) -> None:
    """Either a folder or --reset, and nothing happens otherwise."""
    result = company.run("calibrate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Name a folder of questions, or --reset alone." in " ".join(result.stderr.replace("│", " ").split())
