"""The only module of the page that touches JavaScript: elements, events, the kernel, Anime.js."""

import asyncio
import json

from pyscript import document, ffi, window
from pyscript.js_modules import modules

from app.page.kept import read
from app.page.problem import words_of

anime = modules.anime
cell = modules.cell
controls = modules.controls
editor = modules.editor
embed = modules.embed
export = modules.export
first = modules.first
kernel = modules.kernel
language = modules.language
markup = modules.markup
network = modules.network
offer = modules.offer
panel = modules.panel
picture = modules.picture
python = modules.python
source = modules.source
storage = modules.storage
training = modules.training
viewport = modules.viewport

# Called as they are, by the modules that they are for: what a cell needs, the frame of one figure,
# the offer of it, files, the first figure, the drawing of a network, and the parts of a training.
__all__ = ["cell", "controls", "embed", "export", "first", "network", "offer", "panel", "training"]


def find(selector):
    return document.querySelector(selector)


def find_all(element, selector):
    return list(element.querySelectorAll(selector))


def on(element, event, handler):
    element.addEventListener(event, ffi.create_proxy(handler))


def on_kernel_state(handler):
    on(document, "kernel", lambda event: handler(event.detail.state))


def page_is_ready():
    """Mark the page as ready; who listens to a kernel that was so before has to hear of it."""
    document.documentElement.dataset.page = "ready"
    kernel.tellAgain()


def kernel_state():
    return document.documentElement.dataset.kernel


def table_of_texts():
    """Return the texts of the page's language by the English ones; nothing in English itself."""
    return json.loads(language.tableAsText() or "{}")


def from_json(text):
    return json.loads(text)


def place_over(field, element):
    """Move a field to where an element of the same figure is."""
    here, there = field.offsetParent.getBoundingClientRect(), element.getBoundingClientRect()
    field.style.left = str(there.left - here.left) + "px"
    field.style.top = str(there.top - here.top) + "px"
    field.style.width = str(there.width) + "px"
    field.style.height = str(there.height) + "px"


def is_in_view(element):
    """Tell whether some of an element is on the screen."""
    box = element.getBoundingClientRect()
    return box.top < window.innerHeight and box.bottom > 0


def add_radio(group, name, value, is_on):
    """Add a radio button to a group of them, its value as its label."""
    label, field, text = (document.createElement(tag) for tag in ("label", "input", "span"))
    field.type = "radio"
    field.name = name
    field.value = text.textContent = value
    field.checked = is_on
    label.append(field, text)
    group.append(label)


class NoAnswerError(Exception):
    """A call of the kernel that gets no answer: Python has ended, or cannot answer it any more."""


async def call(method, request, on_print=None):
    """Call a method of the kernel; an exception there is an exception here.

    The pictures of the answer stay in JavaScript: here they are handles, to be shown. A call that
    runs a learner's code has a `callback`, which gets what is printed; `stop` stops it.
    """
    problem = None
    try:
        asked = await kernel.ask(method, json.dumps(request), on_print)
    except Exception as error:
        problem = words_of(error)
    if problem is not None:  # not above: MicroPython knows no chain of exceptions
        raise NoAnswerError(problem)
    answer = json.loads(asked.answer)
    answer["pictures"] = asked.pictures
    return answer


def stop():
    """Stop the learner's code, whatever it does."""
    kernel.stop()


def on_long_call(handler):
    """Call the handler when a learner's code runs for so long that one may want to stop it."""
    on(document, "kernel-long", lambda event: handler())


def set_markup(element, text):
    """Show a drawing or formulas of the kernel: see static/markup.js."""
    markup.setMarkup(element, text)


def make_picture(frame):
    """Return what draws in a frame: see static/picture.js."""
    return picture.createPicture(frame)


def to_json(data):
    return json.dumps(data)


def spawn(coroutine):
    """Let a coroutine run by itself, to its end or to a call that gets no answer; returns its task.

    How Python is stands on the page already; and what was asked about is gone with it.
    """
    return asyncio.create_task(_run(coroutine))


async def _run(coroutine):
    try:
        await coroutine
    except NoAnswerError:
        return


def show_source(parent, name):
    """Make a read-only view of Python source: it has `show(text)` and `light(line)`."""
    return source.createSource(parent, name)


# Cells.


def fill(element, template):
    """Fill an element with what stands in a template of the page."""
    element.replaceChildren(find("#" + template).content.cloneNode(True))


def text_of(element):
    return element.textContent


def make_editor(parent, lesson, options, changed, entered):
    """Make an editor of Python: see static/editor.js. It completes names of the lesson."""
    told = ffi.to_js(dict(options, onChange=changed, onEnter=entered))
    return cell.createCellEditor(parent, lesson, told)


def make_file_editor(parent, options, changed, entered):
    """Make an editor of a whole file of Python."""
    told = ffi.to_js(dict(options, onChange=changed, onEnter=entered))
    return editor.createEditor(parent, told)


def fill_rows(body, rows):
    """Fill a table; each row is its state and the texts of its cells."""
    made = []
    for state, *texts in rows:
        row = document.createElement("tr")
        row.setAttribute("data-state", state)
        for text in texts:
            row.insertCell().textContent = text
        made.append(row)
    body.replaceChildren(*made)


def mark_page(attribute, is_on):
    document.documentElement.toggleAttribute(attribute, is_on)


def copy_figure(name, label):
    """Make a figure after the pattern of the one in Backpropagation."""
    return cell.copyFigure(find('[data-figure="backpropagation"]'), name, label)


# What is kept in this browser: see static/storage.js.


def keep(key, data):
    storage.keep(embed.shelf() + key, json.dumps(data))


async def kept(key, is_right):
    """Return what was kept, or None; what is not as it should be is set aside, and not lost."""
    text = await storage.kept(embed.shelf() + key)
    found = read(text, is_right)
    if found is None and text is not None:
        storage.putAside(embed.shelf() + key)
    return found


def forget(key):
    storage.forget(embed.shelf() + key)


def is_lasting():
    """Tell whether what is kept outlives this visit."""
    return storage.isLasting()


# Files.


async def read_file(field):
    """Return the name and the text of the file that was chosen."""
    file = field.files.item(0)
    text = await file.text()
    field.value = ""  # so that the same file can be chosen again
    return file.name, text


# Links.


def on_link(handler):
    on(document.defaultView, "hashchange", handler)


async def read_link():
    """Return the state that came with the address of the page, or a problem, or None."""
    return json.loads(await cell.readLink())


def forget_link():
    cell.forgetLink()


async def link_to(state):
    """Return an address of this page with a state; an exception says why that cannot be."""
    return await cell.linkTo(json.dumps(state))


async def copy_text(text):
    await cell.copyText(text)


# Motion.


def glide(timeline, time, duration, arrived):
    """Move the timeline to a time, evenly; returns what can be paused."""
    change = {"currentTime": time, "duration": duration, "ease": "linear"}
    return anime.animate(timeline, ffi.to_js(dict(change, onComplete=arrived)))


def after(milliseconds, arrived):
    """Call `arrived` later; returns what can be paused."""
    return anime.createTimer(ffi.to_js({"duration": milliseconds, "onComplete": arrived}))


def callback(function):
    """Make what JavaScript may call, and keep; make it once, not for each call."""
    return ffi.create_proxy(function)


def wants_no_motion():
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches


# Graphs.


def make_zoomable(frame):
    """Let the drawing in a frame be zoomed and panned: it has `fit()` and `zoomBy(factor)`."""
    return viewport.createViewport(frame)


async def sleep(milliseconds):
    await asyncio.sleep_ms(milliseconds)


# Modules.


async def bring(part):
    """Bring what may be imported for "networks" or "embedding": it does not come with the rest."""
    await python.bring(part)
