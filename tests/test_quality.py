"""The page about quality: it tells what ran, and what did not."""

import json
from pathlib import Path

from tests.quality import Case, cases, document

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.browser.engines.test_stories" name="test_story[chromium-a_cell_runs]"/>
<testcase classname="tests.browser.engines.test_stories" name="test_story[firefox-a_cell_runs]">
<skipped message="no Firefox"/></testcase>
<testcase classname="tests.browser.test_everybody" name="test_axe_finds_nothing[light]"/>
<testcase classname="tests.browser.test_stop" name="test_stop"><failure message="no"/></testcase>
</testsuite></testsuites>"""
WEIGHT = {"at": 9, "heap": 9.04, "nodes": 21268, "listeners": 1129, "workers": 1, "python": 31.4}


def test_cases_are_read_with_what_became_of_them() -> None:
    assert list(cases(JUNIT)) == [
        Case("test_stories", "test_story[chromium-a_cell_runs]", "passed"),
        Case("test_stories", "test_story[firefox-a_cell_runs]", "skipped"),
        Case("test_everybody", "test_axe_finds_nothing[light]", "passed"),
        Case("test_stop", "test_stop", "failed"),
    ]


def test_the_document_tells_what_ran(tmp_path: Path) -> None:
    (tmp_path / "suite.xml").write_text(JUNIT)
    run = {"seed": 7, "home": "?lang=de", "seconds": 90, "actions": 250, "stops": 12, "fault": ""}
    (tmp_path / "robot.json").write_text(json.dumps({"runs": [run]}))
    day = {"day": [WEIGHT], "after_restarts": [WEIGHT], "restarts": 200, "faults": []}
    (tmp_path / "longday.json").write_text(json.dumps(day))
    text = document(tmp_path)
    assert "4 tests: 2 passed, 1 failed, 1 skipped." in text
    assert "| story | chromium | firefox |" in text
    assert "| a cell runs | passed | skipped |" in text
    assert "| Accessibility | 1 | 0 | 0 |" in text
    assert "| of these with axe-core | 1 | 0 | 0 |" in text
    assert "| 7 | `?lang=de` | 1.5 | 250 | 12 | none |" in text
    assert "| 9 | 9.04 | 21268 | 1129 | 1 | 31.4 |" in text
    assert "After 200 more starts of Python:" in text


def test_what_has_not_run_is_said_with_what_runs_it(tmp_path: Path) -> None:
    text = document(tmp_path)
    assert "The suite has not run: `make quality` runs it." in text
    assert "`make robot` has not run." in text
    assert "`make longday` has not run." in text
