"""How a figure of the article stands now, in the words of an address that embeds it."""

from app.page import browser
from app.page.embed_request import SECTIONS
from app.page.language import say


def standing(section, figure):
    """Return texts by key: as the figure stands now, and as it is where nobody asks for more."""
    if section == "workbench":
        return {"code": figure.text, "step": step_of(figure.output.result)}, {}
    takes = next(keys for name, keys in SECTIONS if name == section)
    now, usual = {}, {}
    for key in ("operation", "accident"):
        if key in takes:
            now[key] = figure.inputs.chosen(key)
            usual[key] = next(option[0] for option in options(figure.element, key) if option[2])
    if "code" in takes:
        field = figure.typed.field
        now["code"], usual["code"] = field.value, field.defaultValue
        now["values"] = written(figure.leaves.given())
        usual["values"] = written(of_example(figure.element, usual["code"]))
    elif "values" in takes:
        fields = shown_inputs(figure.element)
        now["values"] = ",".join([name + "=" + figure.inputs.good[name] for name, _ in fields])
        usual["values"] = ",".join([name + "=" + field.defaultValue for name, field in fields])
    if "step" in takes:
        now["step"] = step_of(figure)
    return now, usual


def options(element, key):
    """Return what there is to choose from: value, words, and whether it is chosen at first."""
    fields = browser.find_all(element, '[data-choice="' + key + '"]')
    return [
        [field.value, field.getAttribute("aria-label") or words(field), field.defaultChecked]
        for field in fields
    ]


def words(field):
    return field.closest("label").textContent.strip()


def title_of(element):
    """Return what a screen reader calls a figure."""
    if element.hasAttribute("data-cell"):
        return say("A cell with Python")
    named = element.getAttribute("aria-labelledby")
    return browser.find("#" + named).textContent if named else element.getAttribute("aria-label")


def shown_inputs(element):
    """Return the names of the numbers that belong to what is chosen, each with a field."""
    found = []
    for field in browser.find_all(element, "[data-input]"):
        name = field.getAttribute("data-input")
        if not field.closest("[hidden]") and name not in [known for known, _ in found]:
            found.append((name, field))
    return found


def of_example(element, code):
    """Return the numbers of the example that has this code."""
    for button in browser.find_all(element, "[data-code]"):
        if button.getAttribute("data-code") == code:
            return browser.from_json(button.getAttribute("data-values"))
    return {}


def written(values):
    return ",".join([name + "=" + values[name] for name in sorted(values)])


def step_of(figure):
    """Return where the figure stands; nothing where that is its beginning."""
    player = figure.player if figure else None
    if not player or not player.steps:
        return ""
    begins = {"steps": player.steps, "forward_steps": player.forward_steps}
    first = figure.first_step(begins) if hasattr(figure, "first_step") else player.steps
    return str(player.step) if player.step != first else ""
