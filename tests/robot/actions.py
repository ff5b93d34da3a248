"""Everything that the robot can do, each as one small function that tells what it did.

An action returns None where there is nothing to do it to.
"""

from collections.abc import Callable

from tests.robot.hand import Found, Hand
from tests.robot.texts import CELLS, ENGINES, EXPRESSIONS, FILES, KEYS, NUMBERS, PASTED

Action = Callable[[Hand], str | None]

SECTIONS = ("operations", "graph", "backpropagation", "networks", "training", "workbench")
SIZES = ((1280, 900), (360, 640), (768, 1024), (1600, 1000), (320, 568), (900, 420))
PRESSED = "button, summary, [role=button], .fold, label, input[type=checkbox], input[type=radio]"
PICTURED = "[data-node], [data-edge], [data-parameter], [data-neuron], [data-row], canvas, svg"
NUMERIC = "input[type=number], input[inputmode], input[type=text]:not([readonly])"
EVERYTHING = f"{PRESSED}, {PICTURED}, {NUMERIC}, input, select, textarea, a[href^='#'], [tabindex]"


def click(hand: Hand) -> str | None:
    return _click(hand, hand.find(PRESSED))


def click_in_a_picture(hand: Hand) -> str | None:
    return _click(hand, hand.find(PICTURED))


def click_anything(hand: Hand) -> str | None:
    return _click(hand, hand.find(EVERYTHING))


def _click(hand: Hand, found: Found | None) -> str | None:
    if found is None:
        return None
    hand.page.mouse.click(found.x, found.y, click_count=hand.chance.choice((1, 1, 1, 1, 2)))
    return f"on {found.name}"


def click_quickly(hand: Hand) -> str | None:
    """Click the same thing again and again, faster than anything can answer."""
    found = hand.find("button")
    if found is None:
        return None
    times = hand.chance.randint(3, 12)
    for _ in range(times):
        hand.page.mouse.click(found.x, found.y)
    return f"{times} times on {found.name}"


def click_a_point(hand: Hand) -> str | None:
    found = hand.find(".plane, .chart, .network-frame, .graph-frame, .histograms")
    if found is None:
        return None
    x, y = hand.point_in(found)
    hand.page.mouse.click(x, y)
    return f"at {x:.0f}, {y:.0f} on {found.name}"


def drag(hand: Hand) -> str | None:
    found = hand.find(f"{PICTURED}, input[type=range], .plane, .chart")
    if found is None:
        return None
    mouse, chance = hand.page.mouse, hand.chance
    mouse.move(*hand.point_in(found))
    mouse.down()
    dx, dy = chance.uniform(-200, 200), chance.uniform(-150, 150)
    mouse.move(found.x + dx, found.y + dy, steps=chance.randint(1, 15))
    mouse.up()
    return f"{found.name} by {dx:.0f}, {dy:.0f}"


def slide(hand: Hand) -> str | None:
    found = hand.find("input[type=range]")
    if found is None:
        return None
    x, y = hand.point_in(found)
    hand.page.mouse.click(x, y)
    keys = [hand.chance.choice(("ArrowLeft", "ArrowRight", "Home", "End")) for _ in range(3)]
    for key in keys:
        hand.page.keyboard.press(key)
    return f"{found.name}, then {' '.join(keys)}"


def press_keys(hand: Hand) -> str | None:
    keys = [hand.chance.choice(KEYS) for _ in range(hand.chance.randint(1, 6))]
    for key in keys:
        hand.page.keyboard.press(key)
    return " ".join(keys)


def type_a_number(hand: Hand) -> str | None:
    return _write(hand, NUMERIC, hand.chance.choice(NUMBERS))


def edit_an_expression(hand: Hand) -> str | None:
    return _write(hand, "textarea", hand.chance.choice(EXPRESSIONS))


def run_a_cell(hand: Hand) -> str | None:
    told = _write(hand, "[data-cell] .cm-content", hand.chance.choice(CELLS))
    if told:
        hand.page.keyboard.press(hand.chance.choice(("Control+Enter", "Shift+Enter")))
    return told


def _write(hand: Hand, selector: str, text: str) -> str | None:
    found = hand.focus(selector)
    if found is None:
        return None
    hand.page.keyboard.press("Control+a")
    hand.page.keyboard.insert_text(text) if text else hand.page.keyboard.press("Delete")
    if hand.chance.random() < 0.4 and "TEXTAREA" not in found.name:
        hand.page.keyboard.press(hand.chance.choice(("Enter", "Tab")))
    return f"{text[:60]!r} in {found.name}"


def paste(hand: Hand) -> str | None:
    found = hand.focus(f"{NUMERIC}, textarea, .cm-content")
    if found is None:
        return None
    text = hand.chance.choice((*PASTED, *EXPRESSIONS, *CELLS))
    hand.evaluate("text => navigator.clipboard.writeText(text)", text)
    hand.page.keyboard.press("Control+v")
    return f"{text[:40]!r} into {found.name}"


def choose(hand: Hand) -> str | None:
    found = hand.find("select")
    if found is None:
        return None
    options = found.element.query_selector_all("option")
    index = hand.chance.randrange(len(options))
    found.element.select_option(index=index)
    return f"{index} of {found.name}"


def use_an_engine(hand: Hand) -> str | None:
    """Change the engine itself, and put it in force."""
    opened = hand.find("#engine summary", "workbench")
    if opened is None:
        return None
    opened.element.evaluate("summary => (summary.parentElement.open = true)")
    editor = hand.page.locator("#engine .cm-content").first
    before, after = hand.chance.choice(ENGINES)
    text = (hand.evaluate(ENGINE_TEXT)).replace(before, after, 1)
    editor.fill(text, timeout=10_000)
    button = hand.find("#engine [data-do=use], #engine [data-do=check_gradients]", "workbench")
    return f"{after!r}: {_click(hand, button)}"


ENGINE_TEXT = "async () => (await fetch('micrograd/engine.py')).text()"


def hover(hand: Hand) -> str | None:
    found = hand.find(EVERYTHING)
    if found is None:
        return None
    hand.page.mouse.move(found.x, found.y, steps=3)
    return f"over {found.name}"


def turn_the_wheel(hand: Hand) -> str | None:
    found = hand.find(".graph-frame, .network-frame, .plane, .cm-content, figure")
    if found is None:
        return None
    hand.page.mouse.move(found.x, found.y)
    by = hand.chance.uniform(-600, 600)
    hand.page.mouse.wheel(0, by)
    return f"by {by:.0f} on {found.name}"


def resize(hand: Hand) -> str | None:
    width, height = hand.chance.choice(SIZES)
    hand.page.set_viewport_size({"width": width, "height": height})
    return f"to {width} x {height}"


def change_the_look(hand: Hand) -> str | None:
    scheme = hand.chance.choice(("light", "dark"))
    motion = hand.chance.choice(("reduce", "no-preference"))
    hand.page.emulate_media(color_scheme=scheme, reduced_motion=motion)
    return f"{scheme}, motion: {motion}"


def go_to_a_section(hand: Hand) -> str | None:
    if not hand.section:  # a figure alone has none
        return None
    hand.section = hand.chance.choice(SECTIONS)
    hand.page.locator(f"nav.contents a[href='#{hand.section}']").click(timeout=10_000)
    return hand.section


def go_back_or_forward(hand: Hand) -> str | None:
    way = hand.chance.choice(("back", "back", "forward"))
    go = hand.page.go_back if way == "back" else hand.page.go_forward
    go(wait_until="commit")
    return way


def reload(hand: Hand) -> str | None:
    hand.page.reload()
    return "the page"


def restart_the_kernel(hand: Hand) -> str | None:
    times = hand.chance.choice((1, 1, 1, 4))
    hand.evaluate(
        """async (times) => {
          const kernel = await import(new URL("static/kernel/kernel.js", document.baseURI));
          for (let i = 0; i < times; i++) kernel.restart();
        }""",
        times,
    )
    return f"{times} times"


def press_stop(hand: Hand) -> str | None:
    found = hand.find("[data-do=stop]", "body")
    return _click(hand, found)


def bring_a_file(hand: Hand) -> str | None:
    """Give a file to one of the fields for files, of the right kind or not."""
    fields = hand.page.locator(f"#{hand.section} input[type=file]").all()
    if not fields:
        return None
    name, text = hand.chance.choice(FILES)
    kind = {"name": name, "mimeType": "text/plain", "buffer": text.encode("latin-1", "replace")}
    field = hand.chance.choice(fields)
    field.set_input_files(kind)
    return f"{name} for {field.get_attribute('aria-label')}"


def wait(hand: Hand) -> str | None:
    milliseconds = hand.chance.choice((50, 200, 800))
    hand.page.wait_for_timeout(milliseconds)
    return f"for {milliseconds} ms"


ACTIONS: dict[Action, int] = {  # each with its share
    click: 24,
    click_in_a_picture: 12,
    click_anything: 8,
    click_quickly: 4,
    click_a_point: 6,
    drag: 12,
    slide: 8,
    press_keys: 12,
    type_a_number: 12,
    edit_an_expression: 8,
    run_a_cell: 6,
    paste: 4,
    choose: 8,
    use_an_engine: 1,
    hover: 6,
    turn_the_wheel: 4,
    resize: 3,
    change_the_look: 2,
    go_to_a_section: 10,
    go_back_or_forward: 2,
    reload: 1,
    restart_the_kernel: 2,
    press_stop: 5,
    bring_a_file: 3,
    wait: 8,
}
