"""A cell: Python that a visitor edits and runs, with what comes of it below."""

from app.page import browser
from app.page.kept import has_text
from app.page.language import say
from app.page.latest import Latest
from app.page.output import Output, failed
from app.page.problem import words_of


class Cell:
    def __init__(self, lesson, element):
        self.lesson = lesson
        self.element = element
        self.name = element.getAttribute("data-cell")
        self.author = browser.text_of(element.querySelector("pre"))  # as the lesson has it
        self.key = "cell:" + lesson.name + "/" + self.name  # under which its text is kept
        self.link_step = None  # where a link wants its figure to stand, once it has run
        browser.fill(element, "cell-parts")
        self.output = Output(
            element.querySelector('[data-role="output"]'),
            self.name,
            self.on_moved_leaf,
            self.light,
            lesson.open_network,
        )
        self.latest = Latest(self.ask, self.show, self.fail)
        self.on_print = browser.callback(self.output.add)
        self.running = False
        self.ran = None  # the text that ran last
        self.number = None  # as which one of the lesson it ran
        self.editor = browser.make_editor(
            self.part("editor"),
            lesson.name,
            {"text": self.author, "label": say("Python, {cell}", cell=self.name.replace("-", " "))},
            self.on_text,
            self.on_enter,
        )
        for button in browser.find_all(element, "[data-do]"):
            browser.on(button, "click", self.on_button)

    def part(self, name):
        return self.element.querySelector('[data-part="' + name + '"]')

    def button(self, action):
        return self.element.querySelector('[data-do="' + action + '"]')

    @property
    def text(self):
        return self.editor.text

    # What a visitor does.

    def on_button(self, event):
        getattr(self, event.currentTarget.getAttribute("data-do"))()

    def on_enter(self, key):
        """Ctrl or Cmd+Enter runs; Shift+Enter goes on to the next cell, too."""
        self.run()
        if key == "shift":
            self.lesson.go_on(self)

    def on_text(self, text):
        self.editor.clearMarks()
        self.editor.light(None)
        self.lesson.keep(self)
        self.part("link").hidden = True
        self.show_state()

    def on_moved_leaf(self, values):
        self.run(values)

    def light(self, line):
        """Light the line that ran in a step of the figure, while it is what stands there."""
        self.editor.light(line if self.text == self.ran else None)

    def run(self, values=None):
        self.latest.request(values or {})

    async def run_now(self):
        """Run, and return whether that went well."""
        try:
            answer = await self.ask({})
        except Exception as error:
            self.fail(error)
            return False
        self.show(answer)
        return answer["state"] == "done"

    def stop(self):
        browser.stop()

    def reset(self):
        """Go back to the author's text; that can be undone in the editor."""
        self.editor.setText(self.author)
        self.editor.focus()

    def remove(self):
        self.lesson.remove(self)

    def embed(self):
        self.lesson.embed(self)

    def share(self):
        browser.spawn(self.copy_link())

    async def copy_link(self):
        state = {"section": self.lesson.name, "cell": self.name, "code": self.text}
        state["step"] = self.output.step()
        try:
            link = await browser.link_to(state)
        except Exception as error:
            self.say_state(words_of(error))
            return
        try:
            await browser.copy_text(link)
            self.say_state(say("The link is on the clipboard. It has the code in it."))
        except Exception:  # then the visitor can
            field = self.part("link")
            field.value = link
            field.hidden = False
            field.select()
            self.say_state(say("Copy the link below. It has the code in it."))

    def say_state(self, sentence):
        self.part("state").textContent = sentence

    def notice(self, sentence):
        """Say something above the cell, or nothing more."""
        self.part("notice").textContent = sentence
        self.part("notice").hidden = sentence == ""

    # What is kept.

    async def restore(self):
        """Take over what the visitor wrote at an earlier visit."""
        kept = await browser.kept(self.key, has_text)
        if kept:
            self.take_kept(kept)

    def take_kept(self, kept):
        self.editor.setText(kept["text"])
        if kept.get("author") != self.author:
            self.notice(
                say("The lesson has a new text for this cell. Here is yours; Reset takes it.")
            )

    def keep(self):
        if self.text == self.author:
            browser.forget(self.key)
        else:
            browser.keep(self.key, {"text": self.text, "author": self.author})

    def above(self):
        browser.spawn(self.lesson.run_above(self))

    # To the kernel and back.

    async def ask(self, values):
        text = self.text
        self.begin()
        request = {
            "lesson": self.lesson.name,
            "cell": self.name,
            "code": text,
            "texts": self.lesson.texts(),
            "values": values,
            "drawn": self.output.shape(),
        }
        try:
            answer = await browser.call("run_cell", request, self.on_print)
        finally:
            self.end()
        self.ran = text
        if answer["code"] != text == self.text:  # a leaf was moved
            self.ran = answer["code"]
            self.editor.setText(answer["code"])
        return answer

    def begin(self):
        self.output.begin()
        self.editor.clearMarks()
        self.begin_call()

    def begin_call(self):
        """Something runs from now on that can be stopped."""
        self.running = True
        self.show_state()

    def end(self):
        self.running = False
        self.show_state()

    def show(self, answer):
        self.output.show(answer)
        if self.link_step is not None:
            self.output.jump(self.link_step)
            self.link_step = None
            self.notice("")
        failure = answer["failure"]
        if failure and failure["line"]:
            mark = (failure["line"], failure["column"], failure["end"])
            self.editor.mark(*mark, failure["says"])
        self.lesson.take(self, answer)

    def fail(self, error):
        """Python itself has ended, or was never there."""
        failure = failed(words_of(error))
        self.output.show({"shown": None, "advice": "", "failure": failure})
        self.number = None
        self.show_state()

    # How it is.

    def show_state(self, is_out_of_date=False, was_stopped=False):
        self.button("run").hidden = self.running
        self.button("stop").hidden = not self.running
        number = "*" if self.running else str(self.number or " ")
        self.part("number").textContent = "[" + number + "]"
        self.part("state").textContent = self.words(is_out_of_date, was_stopped)
        self.element.setAttribute("data-state", "running" if self.running else "rests")

    def words(self, is_out_of_date, was_stopped):
        if self.running:
            return say("Running …")
        if was_stopped:
            return say("Stopped. The variables are still there.")
        if self.number is None:
            return ""
        if self.ran != self.text:
            return say("Changed since it ran.")
        if is_out_of_date:
            return say("Out of date: a cell that it builds on has run since.")
        return ""

    def say_long(self):
        """It has been running for long: say how to end it."""
        if self.running:
            self.say_state(say("Still running. Stop ends it."))
