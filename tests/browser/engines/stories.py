"""What must work in every browser, told once: each story is a function of a visitor.

A story goes where it happens: home is the page, which stories before it may have used.
"""

import re
from collections.abc import Callable

from tests.browser.engines.visitor import SLOW, Visitor
from tests.browser.site import serve

Story = Callable[[Visitor], None]
CELL = "[data-cell=workbench-1]"
STUBBORN = """
while True:
    try:
        while True: pass
    except BaseException: pass
"""


def the_page_and_python_start(visitor: Visitor) -> None:
    visitor.come_home()
    visitor.reads("#status-text", "Python is ready")


def an_operation_is_chosen_and_its_numbers_follow(visitor: Visitor) -> None:
    visitor.come_home()
    visitor.choose("[data-figure=operation]", "tanh a")
    visitor.node_is("[data-figure=operation]", 1, "data", 0.9640275800758169)  # tanh 2
    visitor.type_into("[data-figure=operation] input[aria-label='a, as a number']", "0.5")
    visitor.node_is("[data-figure=operation]", 1, "data", 0.46211715726000973)  # tanh 0.5
    visitor.node_is("[data-figure=operation]", 0, "grad", 0.7864477329659274)  # 1 − tanh² 0.5


def an_input_is_nudged(visitor: Visitor) -> None:
    visitor.come_home()
    figure = "[data-figure=nudge]"
    visitor.choose(figure, "a × b")
    visitor.type_into(f"{figure} input[aria-label='b, as a number']", "-3")
    visitor.reads(f"{figure} [data-part=slope]", "−3")  # d(a·b)/da = b


def an_expression_becomes_a_graph(visitor: Visitor) -> None:
    visitor.come_home()
    figure = "[data-figure=graph]"
    visitor.type_into(f"{figure} [data-part=code]", "L = a - b")
    visitor.node_is(figure, 2, "data", 5.0)  # 2 − (−3)
    visitor.click(f"{figure} [data-node='0'] .card")
    visitor.press("Escape")
    visitor.press("ArrowUp")
    visitor.node_is(figure, 2, "data", 5.1)


def gradients_flow_back_to_the_leaves(visitor: Visitor) -> None:
    visitor.come_home()
    figure = "[data-figure=backpropagation]"
    visitor.wait_for(f"document.querySelector('{figure}').dataset.steps === '14'", SLOW)
    visitor.hurry(figure)
    visitor.choose(figure, "Reset")
    visitor.wait_for(f"document.querySelector('{figure}').dataset.step === '0'")
    visitor.choose(figure, "Forward pass")
    visitor.wait_for(f"document.querySelector('{figure}').dataset.step === '7'", SLOW)
    visitor.node_is(figure, 6, "data", -8.0)  # (2·−3 + 10)·−2
    visitor.choose(figure, "Backward pass")
    visitor.wait_for(f"document.querySelector('{figure}').dataset.step === '14'", SLOW)
    for leaf, gradient in enumerate((6.0, -4.0, -2.0, 4.0)):  # f·b, f·a, f, a·b + c
        visitor.node_is(figure, leaf, "grad", gradient)
    visitor.choose(figure, "Step back")
    visitor.wait_for(f"document.querySelector('{figure}').dataset.step === '13'")


def a_network_takes_steps_of_gradient_descent(visitor: Visitor) -> None:
    visitor.come_home()
    figure = "[data-figure=network]"
    visitor.ask(f"document.querySelector('{figure}').scrollIntoView()")
    visitor.reads(f"{figure} [data-part=counts]", "parameters", SLOW)
    visitor.choose(figure, "The lecture’s MLP")
    visitor.choose(figure, "Train 1 step")
    visitor.reads(f"{figure} [data-part=trained]", "1 step of gradient descent")
    visitor.choose(figure, "Train 20 steps")
    visitor.reads(f"{figure} [data-part=trained]", "21 steps of gradient descent")
    told = visitor.ask(f"document.querySelector('{figure} [data-part=trained]').textContent")
    first, last = map(float, re.findall(r"\d[\d.]*\d", told.split(":")[1]))
    assert last < first


def a_training_lowers_the_loss_and_pauses(visitor: Visitor) -> None:
    visitor.come_home()
    figure = "[data-figure=training]"
    place = f"{figure} [data-text=train_loss]"
    visitor.ask(f"document.querySelector('{figure}').scrollIntoView()")
    visitor.wait_for(f"document.querySelector('{place}').textContent", SLOW)
    visitor.choose(figure, "Reset")
    visitor.wait_for(f"document.querySelector('{figure} [data-text=epoch]').textContent === '0'")
    first = visitor.number(place)
    visitor.choose(figure, "Play")
    epoch = f"parseInt(document.querySelector('{figure} [data-text=epoch]').textContent)"
    visitor.wait_for(f"{epoch} >= 5", SLOW)
    visitor.choose(figure, "Pause")
    visitor.wait_for(f"!document.querySelector('{figure}').innerText.includes('Pause')")
    assert visitor.number(place) < first


def write_cell(visitor: Visitor, code: str) -> None:
    visitor.ask(f"document.querySelector('{CELL}').scrollIntoView()")
    visitor.type_into(f"{CELL} .cm-content", code)


def a_cell_is_edited_and_run(visitor: Visitor) -> None:
    visitor.come_home()
    write_cell(visitor, "print(6 * 7)")
    visitor.choose(CELL, "Run")
    visitor.reads(f"{CELL} [data-part=printed]", "42")
    write_cell(visitor, "Value(3.0) * 2")
    visitor.press("Control", "Enter")
    visitor.node_is(CELL, 2, "data", 6.0)


def stop_ends_a_loop_and_keeps_the_variables_or_says_that_they_are_gone(visitor: Visitor) -> None:
    visitor.come_home()
    write_cell(visitor, "kept = 5; print('begun'); exec('while True: pass')")
    visitor.choose(CELL, "Run")
    visitor.reads(f"{CELL} [data-part=printed]", "begun")
    visitor.choose(CELL, "Stop")
    visitor.reads(CELL, "Stopped.", SLOW)
    is_kept = "still there" in visitor.ask(f"document.querySelector('{CELL}').textContent")
    write_cell(visitor, "kept")
    visitor.choose(CELL, "Run")
    if is_kept:
        visitor.reads(f"{CELL} [data-part=value]", "5", SLOW)
    else:
        visitor.reads(f"{CELL} [data-part=failure]", "kept", SLOW)


def a_python_that_starts_anew_finds_its_memory(visitor: Visitor) -> None:
    visitor.come_home()
    write_cell(visitor, f"print('begun'); exec({STUBBORN!r})")
    visitor.choose(CELL, "Run")
    visitor.reads(f"{CELL} [data-part=printed]", "begun")
    visitor.choose(CELL, "Stop")
    visitor.reads(CELL, "Python had to be started anew", SLOW)
    visitor.is_ready()
    kept = "caches.open('micrograd-explainer-kernel').then((cache) => cache.keys())"
    comes_along = "document.querySelector('link[rel=modulepreload]').href.includes('/v-')"
    visitor.wait_for(f"{kept}.then((keys) => (keys.length === 0) === {comes_along})")


def a_link_to_a_cell_brings_its_code(visitor: Visitor) -> None:
    visitor.come_home()
    write_cell(visitor, "print('it came')")
    # What is on the clipboard only some browsers tell a test: here none may write to it.
    visitor.ask("Object.defineProperty(navigator, 'clipboard', { value: undefined }) && true")
    visitor.choose(CELL, "Copy link")
    visitor.reads(f"{CELL} [data-part=state]", "Copy the link below.")
    link = visitor.ask(f"document.querySelector('{CELL} [data-part=link]').value")
    visitor.open(link.removeprefix(visitor.site))
    visitor.reads("#workbench .notice", "This code came with a link.")
    cells = "[...document.querySelectorAll('#workbench [data-cell]')]"
    came = "e.innerText.includes('This code came') && e.innerText.includes(`print('it came')`)"
    visitor.wait_for(f"{cells}.some((e) => {came})")
    name = visitor.ask(f"{cells}.find((e) => {came}).dataset.cell")
    cell = f"[data-cell={name}]"
    visitor.choose(cell, "Run")
    visitor.reads(f"{cell} [data-part=printed]", "it came")


def a_figure_stands_in_a_page_of_another_origin(visitor: Visitor) -> None:
    address = f"{visitor.site}index.html?embed=backpropagation"
    visitor.open_elsewhere(f'<iframe src="{address}" style="width: 100%; height: 800px"></iframe>')
    visitor.driver.enter(0)
    visitor.is_ready()
    figure = "[data-figure=backpropagation]"
    visitor.wait_for(f"document.querySelector('{figure}').dataset.steps === '14'", SLOW)
    visitor.hurry(figure)
    visitor.choose(figure, "Backward pass")
    visitor.wait_for(f"document.querySelector('{figure}').dataset.step === '14'", SLOW)
    visitor.node_is(figure, 0, "grad", 6.0)  # f·b


def after_one_visit_it_works_without_a_network(visitor: Visitor) -> None:
    # Or a browser may have kept by itself what the service worker should have kept.
    with serve(visitor.dist, {"Cache-Control": "no-store"}) as address:
        visitor.open_address(address)
        visitor.wait_for("navigator.serviceWorker.controller?.state === 'activated'", SLOW)
    visitor.open_address(address)
    visitor.type_into("[data-figure=operation] input[aria-label='a, as a number']", "0.5")
    visitor.node_is("[data-figure=operation]", 2, "data", -1.5)  # 0.5 · −3
    visitor.ask("document.querySelector('[data-figure=training]').scrollIntoView()")
    visitor.reads("[data-figure=training] [data-text=epoch]", "0", SLOW)
    write_cell(visitor, "import statistics; statistics.mean([1, 2, 6])")
    visitor.choose(CELL, "Run")
    visitor.reads(f"{CELL} [data-part=value]", "3", SLOW)


def the_page_speaks_german(visitor: Visitor) -> None:
    visitor.open("?lang=de")
    write_cell(visitor, "Value(2.0).tahn()")
    visitor.click(f"{CELL} [data-do=run]")
    visitor.reads(f"{CELL} [data-part=failure]", "Meintest du tanh?")


def no_figure_is_wider_than_its_place(visitor: Visitor) -> None:
    visitor.come_home()
    assert visitor.ask("document.documentElement.scrollWidth <= innerWidth")
    wider = visitor.ask(
        """[...document.querySelectorAll(".picture > *, .graph-frame > svg")].filter((e) => {
          const [inner, outer] = [e, e.parentElement].map((e) => e.getBoundingClientRect());
          return inner.right > outer.right + 1;
        }).map((e) => e.className.baseVal ?? e.className)"""
    )
    assert wider == []


STORIES: list[Story] = [
    the_page_and_python_start,
    an_operation_is_chosen_and_its_numbers_follow,
    no_figure_is_wider_than_its_place,
    an_input_is_nudged,
    an_expression_becomes_a_graph,
    gradients_flow_back_to_the_leaves,
    a_network_takes_steps_of_gradient_descent,
    a_training_lowers_the_loss_and_pauses,
    a_cell_is_edited_and_run,
    stop_ends_a_loop_and_keeps_the_variables_or_says_that_they_are_gone,
    a_python_that_starts_anew_finds_its_memory,
    a_link_to_a_cell_brings_its_code,
    a_figure_stands_in_a_page_of_another_origin,
    after_one_visit_it_works_without_a_network,
    the_page_speaks_german,
]
