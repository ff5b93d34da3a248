"""The page for teachers: it lists what there is, under addresses that exist."""

import re

import pytest

from app.course import INDEX, LESSONS, Cell, read, titles
from app.kernel.exercises.collection import EXERCISES
from app.page.embed_request import SECTIONS
from app.teaching import FIGURES, FILE, document, minutes, questions

PAGE = INDEX.read_text(encoding="utf-8")


def test_the_document_says_what_the_lessons_say() -> None:
    assert FILE.read_text(encoding="utf-8") == document(), "A lesson has changed: make lessons"


def test_every_address_is_in_the_page() -> None:
    anchors = set(re.findall(r"`#([\w-]+)`", document()))
    assert anchors <= set(re.findall(r'\bid="([^"]+)"', PAGE))
    assert {anchor for lesson in LESSONS for anchor, _ in list(titles(lesson))[1:]} <= anchors


def test_every_figure_of_the_page_is_listed_and_can_be_embedded() -> None:
    listed = {figure.anchor for figure in FIGURES}
    assert set(re.findall(r'<figure id="([^"]+)"', PAGE)) <= listed
    sections = [re.findall(r'section="(\w+)"', figure.attributes)[0] for figure in FIGURES]
    assert sorted(sections) == sorted(name for name, _ in SECTIONS)


def test_every_exercise_of_the_course_has_its_place_and_its_wrong_answers() -> None:
    names = [cell.marks.get("exercise") for lesson in LESSONS for cell in read(lesson)]
    assert sorted(filter(None, names)) == sorted(EXERCISES)
    text = document()
    for exercise in EXERCISES.values():
        for name, wrong in exercise.wrong.items():
            literal = name.replace("*", "\\*")
            assert f"- *{literal}*: {wrong.says}\n" in text


@pytest.mark.parametrize("lesson", ["operations", "networks"])
def test_a_question_stands_there_without_marks(lesson: str) -> None:
    (question,) = questions(lesson)
    assert question.endswith("?")
    assert not re.search(r"[<>]|term:", question)


def test_the_time_of_a_lesson_is_put_together_from_what_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cells = (
        Cell("word " * 360, False, {}),
        Cell("a question?", False, {"kind": "question"}),
        Cell("", False, {"figure": "graph"}),
        Cell("a = 1", True, {"cell": "x-1"}),
        Cell("#", True, {"cell": "x-2", "exercise": "tanh"}),
    )
    monkeypatch.setattr("app.teaching.read", lambda lesson: cells)
    assert minutes("x") == (9, 17)  # 2 and a little for the words, 1, 4 and 1


def test_every_lesson_tells_its_time() -> None:
    times = re.findall(r"^- Time: (\d+) minutes", document(), re.MULTILINE)
    assert len(times) == len(LESSONS)
    assert all(2 <= int(time) <= 60 for time in times)
