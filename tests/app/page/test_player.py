"""The player, in front of a stage that only writes down what it is told."""

from collections.abc import Callable
from typing import Any

import pytest

from app.page.player import Player


class FakeStage:
    """Glides take forever, until the test says `arrive()`; or they are cuts, for who wants them."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []
        self.speeds: list[float | None] = []  # of the glides; None is the visitor's own
        self.cuts = False
        self._then: Callable[[], None] | None = None

    def jump(self, step: int) -> None:
        self.told.append(("jump", step))

    def glide(self, step: int, then: Callable[[], None], speed: float | None = None) -> bool:
        self.told.append(("glide", step))
        self.speeds.append(speed)
        self._then = then
        return self.cuts

    def finish(self) -> None:
        self._then = None

    def arrive(self) -> None:
        then, self._then = self._then, None
        if then:
            then()


class Figure:
    """A player with 5 steps, of which 3 are the forward pass; `seen` is what the page showed.

    `shown` is, after each change, the step being made and the one whose numbers are there.
    """

    def __init__(self, step: int, steps: int = 5, forward_steps: int = 3) -> None:
        self.stage = FakeStage()
        self.seen: list[tuple[int, bool]] = []
        self.shown: list[tuple[int, int]] = []
        self.player = Player(self.stage, self._changed)
        self.player.load(steps, forward_steps, step)
        self.stage.told.clear()
        self.seen.clear()
        self.shown.clear()

    def _changed(self) -> None:
        self.shown.append((self.player.step, self.player.arrived))
        if self.now not in self.seen[-1:]:
            self.seen.append(self.now)

    @property
    def now(self) -> tuple[int, bool]:
        return self.player.step, self.player.playing

    def arrive(self, times: int) -> None:
        for _ in range(times):
            self.stage.arrive()


def test_load_stands_behind_the_given_step() -> None:
    figure = Figure(step=2)
    figure.player.load(4, 2, 4)
    assert figure.now == (4, False)
    assert (figure.stage.told, figure.seen) == ([("jump", 4)], [(4, False)])


@pytest.mark.parametrize(("step", "behind"), [(-1, 0), (0, 0), (3, 3), (5, 5), (6, 5)])
def test_jump_stays_within_the_steps(step: int, behind: int) -> None:
    figure = Figure(step=1)
    figure.player.jump(step)
    assert (figure.stage.told, figure.seen) == ([("jump", behind)], [(behind, False)])


def test_reset_jumps_to_the_start() -> None:
    figure = Figure(step=4)
    figure.player.reset()
    assert (figure.stage.told, figure.seen) == ([("jump", 0)], [(0, False)])


def test_finish_jumps_to_the_end() -> None:
    figure = Figure(step=1)
    figure.player.finish()
    assert (figure.stage.told, figure.seen) == ([("jump", 5)], [(5, False)])


def test_step_forward_glides_one_step_and_no_further() -> None:
    figure = Figure(step=2)
    figure.player.step_forward()
    figure.arrive(3)
    assert (figure.stage.told, figure.seen) == ([("glide", 3)], [(3, False)])


def test_step_back_glides_one_step_and_no_further() -> None:
    figure = Figure(step=2)
    figure.player.step_back()
    figure.arrive(3)
    assert (figure.stage.told, figure.seen) == ([("glide", 1)], [(1, False)])


def test_step_forward_at_the_end_moves_nothing() -> None:
    figure = Figure(step=5)
    figure.player.step_forward()
    assert (figure.now, figure.stage.told) == ((5, False), [])


def test_step_back_at_the_start_moves_nothing() -> None:
    figure = Figure(step=0)
    figure.player.step_back()
    assert (figure.now, figure.stage.told) == ((0, False), [])


def test_steps_that_come_fast_are_all_made() -> None:
    figure = Figure(step=0)
    for _ in range(7):
        figure.player.step_forward()
    assert figure.player.step == 5
    assert figure.stage.told == [("glide", step) for step in (1, 2, 3, 4, 5)]


def test_play_glides_to_the_end_and_stops() -> None:
    figure = Figure(step=3)
    figure.player.play()
    figure.arrive(2)
    assert figure.stage.told == [("jump", 3), ("glide", 4), ("glide", 5)]
    assert figure.now == (5, False)
    assert figure.seen == [(3, False), (4, True), (5, True), (5, False)]


def test_play_waits_for_each_step_to_arrive() -> None:
    figure = Figure(step=0)
    figure.player.play()
    assert figure.stage.told == [("jump", 0), ("glide", 1)]
    assert figure.now == (1, True)


def test_play_from_the_end_starts_over() -> None:
    figure = Figure(step=5)
    figure.player.play()
    figure.arrive(5)
    assert figure.stage.told == [("jump", 0), *[("glide", step) for step in (1, 2, 3, 4, 5)]]
    assert figure.now == (5, False)


def test_play_without_any_steps_ends_at_once() -> None:
    figure = Figure(step=0, steps=0, forward_steps=0)
    figure.player.play()
    assert (figure.now, figure.stage.told) == ((0, False), [("jump", 0)])


@pytest.mark.parametrize("step", [0, 2, 5])
def test_play_forward_goes_from_the_start_to_the_end_of_the_forward_pass(step: int) -> None:
    figure = Figure(step)
    figure.player.play_forward()
    figure.arrive(9)
    assert figure.stage.told == [("jump", 0), ("glide", 1), ("glide", 2), ("glide", 3)]
    assert figure.now == (3, False)


@pytest.mark.parametrize("step", [0, 4, 5])
def test_play_backward_goes_from_the_forward_pass_to_the_end(step: int) -> None:
    figure = Figure(step)
    figure.player.play_backward()
    figure.arrive(9)
    assert figure.stage.told == [("jump", 3), ("glide", 4), ("glide", 5)]
    assert figure.now == (5, False)


def test_build_up_plays_the_forward_pass_from_the_start_at_its_own_speed() -> None:
    figure = Figure(step=5)
    figure.player.build_up(4)
    figure.arrive(9)
    assert figure.stage.told == [("jump", 0), ("glide", 1), ("glide", 2), ("glide", 3)]
    assert (figure.now, figure.stage.speeds) == ((3, False), [4, 4, 4])


@pytest.mark.parametrize("action", ["step_forward", "step_back", "play", "play_backward"])
def test_build_up_leaves_the_speed_of_what_follows_to_the_visitor(action: str) -> None:
    figure = Figure(step=0)
    figure.player.build_up(4)
    figure.arrive(1)
    getattr(figure.player, action)()
    assert figure.stage.speeds == [4, 4, None]


def test_build_up_without_any_steps_ends_at_once() -> None:
    figure = Figure(step=0, steps=0, forward_steps=0)
    figure.player.build_up(4)
    assert (figure.now, figure.stage.told) == ((0, False), [("jump", 0)])


# Somebody practises: before each step of the backward pass there is a question.


def practising(step: int) -> Figure:
    figure = Figure(step)
    figure.player.ask(True)
    return figure


@pytest.mark.parametrize(
    ("step", "told", "halts_at"),
    [
        (1, [("jump", 1), ("glide", 2), ("glide", 3)], 3),  # behind the forward pass
        (2, [("jump", 2), ("glide", 3)], 3),
        (3, [("jump", 3), ("glide", 4)], 4),  # at a question: this step alone
        (4, [("jump", 4), ("glide", 5)], 5),
        (5, [("jump", 0), ("glide", 1), ("glide", 2), ("glide", 3)], 3),  # from the start
    ],
)
def test_play_halts_at_the_next_question(step: int, told: list[Any], halts_at: int) -> None:
    figure = practising(step)
    figure.player.play()
    figure.arrive(9)
    assert (figure.stage.told, figure.now) == (told, (halts_at, False))


@pytest.mark.parametrize("step", [0, 2, 4, 5])
def test_play_backward_halts_at_the_first_question(step: int) -> None:
    figure = practising(step)
    figure.player.play_backward()
    figure.arrive(9)
    assert (figure.stage.told, figure.now) == ([("jump", 3)], (3, False))


def test_play_backward_at_the_first_question_makes_its_step_alone() -> None:
    figure = practising(step=3)
    figure.player.play_backward()
    figure.arrive(9)
    assert (figure.stage.told, figure.now) == ([("jump", 3), ("glide", 4)], (4, False))


def test_play_until_passes_all_questions() -> None:
    figure = practising(step=3)
    figure.player.play_until(5)
    figure.arrive(9)
    assert figure.stage.told == [("jump", 3), ("glide", 4), ("glide", 5)]
    assert figure.now == (5, False)


def test_play_forward_is_as_without_questions() -> None:
    figure = practising(step=4)
    figure.player.play_forward()
    figure.arrive(9)
    assert figure.now == (3, False)


@pytest.mark.parametrize(("step", "halts_at"), [(0, 3), (3, 4)])
def test_ask_in_mid_play_halts_at_the_next_question(step: int, halts_at: int) -> None:
    figure = Figure(step)
    figure.player.play()
    figure.player.ask(True)
    figure.arrive(9)
    assert figure.now == (halts_at, False)


def test_ask_no_longer_plays_to_the_end_again() -> None:
    figure = practising(step=0)
    figure.player.ask(False)
    figure.player.play()
    figure.arrive(9)
    assert figure.now == (5, False)


def test_play_without_a_backward_pass_has_no_questions() -> None:
    figure = Figure(step=0, steps=2, forward_steps=2)
    figure.player.ask(True)
    figure.player.play()
    figure.arrive(9)
    assert figure.now == (2, False)


# A step's numbers are there when its motion has ended: `arrived` follows `step`.


@pytest.mark.parametrize(("action", "step"), [("step_forward", 3), ("step_back", 1)])
def test_arrived_follows_at_the_end_of_the_motion(action: str, step: int) -> None:
    figure = Figure(step=2)
    getattr(figure.player, action)()
    assert figure.shown == [(step, 2)]
    figure.arrive(1)
    assert figure.shown == [(step, 2), (step, step)]


def test_arrived_follows_at_once_on_a_cut_and_is_shown_once() -> None:
    figure = Figure(step=2)
    figure.stage.cuts = True
    figure.player.step_forward()
    assert figure.shown == [(3, 2), (3, 3)]
    figure.arrive(1)
    assert figure.shown == [(3, 2), (3, 3)]


def test_arrived_is_one_step_behind_while_a_step_of_the_playing_moves() -> None:
    figure = Figure(step=3)
    figure.player.play()
    figure.arrive(2)
    assert figure.shown == [(3, 3), (4, 3), (4, 4), (5, 4), (5, 5), (5, 5)]  # the last one: paused


def test_arrived_is_never_behind_where_the_playing_cuts() -> None:
    figure = Figure(step=3)
    figure.stage.cuts = True
    figure.player.play()
    assert figure.shown == [(3, 3), (4, 3), (4, 4)]  # the next cut waits for a step's time
    figure.arrive(2)
    assert figure.shown[3:] == [(5, 4), (5, 5), (5, 5)]


def test_steps_that_come_fast_have_arrived_but_the_last() -> None:
    figure = Figure(step=0)
    for _ in range(3):
        figure.player.step_forward()
    assert figure.shown == [(1, 0), (2, 1), (3, 2)]


@pytest.mark.parametrize(
    ("action", "step"), [("pause", 1), ("toggle", 1), ("reset", 0), ("finish", 5)]
)
def test_arrived_is_where_the_figure_stands_still(action: str, step: int) -> None:
    figure = Figure(step=0)
    figure.player.play()
    assert figure.shown[-1] == (1, 0)
    getattr(figure.player, action)()
    assert figure.shown[-1] == (step, step)


# In mid-play, whatever is pressed: nothing moves any more unless it was asked to.


@pytest.mark.parametrize(
    ("action", "told", "step"),
    [
        ("pause", [], 2),
        ("toggle", [], 2),
        ("reset", [("jump", 0)], 0),
        ("finish", [("jump", 5)], 5),
        ("step_forward", [("glide", 3)], 3),
        ("step_back", [("glide", 1)], 1),
    ],
)
def test_playing_ends_with(action: str, told: list[Any], step: int) -> None:
    figure = Figure(step=0)
    figure.player.play()
    figure.arrive(1)
    figure.stage.told.clear()
    figure.seen.clear()
    getattr(figure.player, action)()
    figure.arrive(5)
    assert (figure.now, figure.stage.told) == ((step, False), told)
    assert figure.seen == [(step, False)]


def test_step_forward_in_the_last_glide_ends_the_playing_and_says_so() -> None:
    figure = Figure(step=4)
    figure.player.play()
    assert figure.now == (5, True)
    figure.player.step_forward()
    assert (figure.now, figure.seen[-1]) == ((5, False), (5, False))


def test_load_in_mid_play_ends_the_playing() -> None:
    figure = Figure(step=0)
    figure.player.play()
    figure.player.load(4, 2, 4)
    figure.arrive(5)
    assert figure.now == (4, False)


def test_arrival_that_comes_after_a_pause_moves_nothing() -> None:
    figure = Figure(step=0)
    figure.player.play()
    arrived = figure.stage._then
    assert arrived
    figure.player.pause()
    arrived()  # the browser had it on its way already
    assert (figure.now, figure.stage.told[-1]) == ((1, False), ("glide", 1))


def test_toggle_plays_and_pauses_and_goes_on() -> None:
    figure = Figure(step=1)
    figure.player.toggle()
    figure.arrive(1)
    figure.player.toggle()
    assert figure.now == (3, False)
    figure.player.toggle()
    figure.arrive(2)
    assert figure.stage.told == [
        *[("jump", 1), ("glide", 2), ("glide", 3)],
        *[("jump", 3), ("glide", 4), ("glide", 5)],
    ]
    assert figure.now == (5, False)
