"""The offer to embed a figure of the article: a button at each, and the dialog behind it."""

from app.page import browser
from app.page.language import noted, say

# The fields of the dialog, in their order: the key, a label, and what one should know.
FIELDS = (
    ("operation", noted("Operation"), ""),
    ("accident", noted("Accident"), ""),
    ("code", noted("Python"), ""),
    ("values", noted("Values"), noted("Numbers for names, such as a=2,b=-3.")),
    ("step", noted("Step"), noted("Empty: where the figure begins by itself.")),
    (
        "settings",
        noted("Settings"),
        noted("As in “Copy link”: with the weights, once it has trained."),
    ),
)
NOTES = {
    "networks": noted("It begins with the lecture’s network, whatever was made of this one."),
    "workbench": noted("Its reader presses Run: a cell never runs by itself."),
    "check": noted("It comes with the files of the engine, for its reader to change and check."),
}

ROOM = 600  # pixels at least, for what comes when its reader presses a button


class Offer:
    def __init__(self):
        self.figures = {}  # their controllers, by section
        self.section = ""
        self.name = ""
        self.usual = {}
        self.write = browser.callback(self.on_choice)
        self.press = browser.callback(self.on_press)

    def add(self, section, figure):
        """Offer a figure: its controller tells how it stands."""
        self.figures[section] = figure
        browser.offer.addButton(figure.element, section, self.press)

    def on_press(self, section):
        browser.spawn(self.open(section, self.figures[section]))

    def open_cell(self, cell):
        browser.spawn(self.open("workbench", cell))

    async def open(self, section, figure):
        """Open the dialog, filled with how the figure stands now."""
        await browser.bring("embedding")
        from app.page.embed_standing import standing, title_of

        now, self.usual = standing(section, figure)
        if section == "training":
            now["settings"] = await settings_of(figure)
        self.section = section
        self.name = title_of(figure.element)
        browser.offer.openDialog(browser.to_json(self.form(figure, now)), self.write)

    def form(self, figure, now):
        """Return what the dialog asks for, in the words of its address."""
        from app.page.embed_request import SECTIONS

        takes = next(keys for name, keys in SECTIONS if name == self.section)
        return {
            "title": self.name,
            "fields": fields_of(figure.element, now),
            "language": languages(),
            "plays": "autoplay" in takes,
            "parts": parts_of(self.section, figure.element),
            "note": say(NOTES.get(self.section, "")),
        }

    def on_choice(self, choice, base, height):
        """Return, as JSON, the two snippets for a choice, and what is wrong with it."""
        from app.page.embed_request import read_request
        from app.page.embed_snippet import as_frame, as_tag, asked_for

        chosen = dict(browser.from_json(choice), section=self.section)
        pairs = [("embed", self.section)] + asked_for(chosen, self.usual)
        if self.section in ("workbench", "check"):
            height = max(height, ROOM)
        written = {
            "tag": as_tag(base, chosen, self.usual),
            "frame": as_frame(base, chosen, self.usual, self.name, height),
            "problems": read_request(pairs)["problems"],
        }
        return browser.to_json(written)


def fields_of(element, now):
    from app.page.embed_standing import options

    return [
        {
            "key": key,
            "label": say(label),
            "hint": say(hint),
            "text": now[key],
            "options": [[value, words] for value, words, is_first in options(element, key)],
        }
        for key, label, hint in FIELDS
        if key in now
    ]


def languages():
    """Return the field that asks for a language; every figure can be in each."""
    from app.page.embed_request import LANGUAGES

    options = [("", say("as its reader’s browser"))] + list(LANGUAGES)
    return {"key": "lang", "label": say("Language"), "hint": "", "text": "", "options": options}


def parts_of(section, element):
    """Name the parts that can be hidden. The figure of a cell comes when it has run."""
    from app.page.embed import parts_in

    is_cell = section == "workbench"
    return parts_in([element, browser.copy_figure("embedded", "")] if is_cell else [element])


async def settings_of(training):
    """Return what stands in the link of a training; nothing where none was begun."""
    if not (training.is_open and training.is_known):
        return training.wanted or ""
    try:
        answer = await browser.call("training_link", {})
    except Exception:  # Python has ended meanwhile
        return training.query or ""
    return answer["settings"] if answer["is_first"] else answer["query"]
