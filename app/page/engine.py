"""The engine itself: two files that a visitor edits, and a badge while theirs are in force."""

from app.page import browser
from app.page.kept import has_text
from app.page.language import say
from app.page.problem import words_of

FILES = {"engine": "micrograd/engine.py", "nn": "micrograd/nn.py"}


class Engine:
    """Calls `changed` when another engine has come into force."""

    def __init__(self, element, badge, check, changed):
        self.element = element
        self.badge = badge
        self.check = check
        self.changed = changed
        self.source = None  # the texts in force, once they were asked for
        self.editors = {}
        self.is_busy = False
        self.wanted = None  # what was asked for while something else was being done
        self.is_lost = False  # has Python been started anew, without the visitor's engine?
        for details in browser.find_all(element, "details"):
            browser.on(details, "toggle", self.on_open)
        for button in browser.find_all(element, "[data-do]"):
            browser.on(button, "click", self.on_button)
        browser.on(badge.querySelector("button"), "click", self.on_button)
        browser.on_kernel_state(self.on_kernel)

    def part(self, name):
        return self.element.querySelector('[data-part="' + name + '"]')

    # What a visitor does.

    def on_open(self, event):
        browser.spawn(self.make_editors())

    def on_button(self, event):
        self.want(event.currentTarget.getAttribute("data-do"))

    def want(self, action):
        """Do one thing at a time; of what is wanted meanwhile, the last comes next."""
        if self.is_busy:
            self.wanted = action
        else:
            browser.spawn(self.do(action))

    async def do(self, action):
        """Do one thing, and say what came of it."""
        self.is_busy = True
        try:
            await getattr(self, action)()
        except Exception as error:  # Python itself has ended, or was never there
            problem = words_of(error)
            if not self.is_own():
                problem = say("{problem} The original engine is in force.", problem=problem)
            self.say_state(problem)
        self.is_busy = False
        wanted, self.wanted = self.wanted, None
        if wanted:
            self.want(wanted)

    async def use(self):
        """Put what stands in the editors in force; return whether it is."""
        await self.make_editors()
        self.say_state(say("The engine is being imported …"))
        texts = {key: editor.text for key, editor in self.editors.items()}
        answer = await browser.call("use_engine", texts)
        self.show_printed(answer["printed"])
        self.show_refused(answer["refused"])
        if answer["refused"]:
            self.say_state(say("This engine is not in force: the one before is."))
            return False
        is_new = any(answer[key]["text"] != self.source[key]["text"] for key in FILES)
        self.take(answer, is_new)
        if self.is_own():
            self.say_state(
                say("Your engine is in force: all figures run on it. Cells have to be run again.")
            )
        else:
            self.say_state(say("This is the original engine. It is in force."))
        return True

    async def restore(self):
        was_own = self.is_own()
        self.show_printed("")
        self.show_refused(None)
        self.take(await browser.call("restore_engine", {}), was_own)
        for key, editor in self.editors.items():
            editor.setText(self.source[key]["original"])
        if was_own:
            self.say_state(say("The original engine is in force. Cells have to be run again."))
        else:
            self.say_state(say("The original engine is in force."))

    async def check_gradients(self):
        """Check what stands in the editors, which has to be in force for that."""
        await self.make_editors()
        self.check.hide()
        if not self.has_changed() or await self.use():
            self.check.request()

    # The editors.

    async def make_editors(self):
        """Make the editors when they are first wanted, with what an earlier visit left in them."""
        if self.editors:
            return
        source = await browser.call("engine_source", {})
        if self.editors:  # somebody else has waited for it, too
            return
        self.source = source
        for key, name in FILES.items():
            options = {
                "text": self.source[key]["text"],
                "label": say("{file}, editable", file=name),
            }
            self.editors[key] = browser.make_file_editor(
                self.part(key), options, self.on_text(key), self.on_enter
            )
        for key, editor in self.editors.items():
            kept = await browser.kept("engine:" + key, has_text)
            if kept:
                editor.setText(kept["text"])

    def on_text(self, key):
        def on_text(text):
            self.editors[key].clearMarks()
            if text == self.source[key]["original"]:
                browser.forget("engine:" + key)
            else:
                browser.keep("engine:" + key, {"text": text})
            self.show_changed(key, text)

        return on_text

    def on_enter(self, key):
        self.want("use")

    def show_changed(self, key, text):
        """Say beside the name of a file how its text stands to the one in force."""
        says = say("yours, in force") if self.source[key]["differs"] else ""
        if text != self.source[key]["text"]:
            says = say("changed, not in force yet")
        self.part(key + "-state").textContent = says

    def has_changed(self):
        return any(self.source[key]["text"] != x.text for key, x in self.editors.items())

    # What is in force.

    def is_own(self):
        return bool(self.source) and any(self.source[key]["differs"] for key in FILES)

    def take(self, source, is_new):
        self.source = source
        for key, editor in self.editors.items():
            self.show_changed(key, editor.text)
        self.show_badge()
        if is_new:
            self.check.hide()
            self.changed()

    def show_badge(self):
        is_own = self.is_own()
        browser.mark_page("data-own-engine", is_own)
        self.badge.querySelector("span").textContent = (
            say("The page runs on your engine.") if is_own else ""
        )
        self.badge.querySelector("button").hidden = not is_own

    def on_kernel(self, state):
        """A new kernel runs on the original engine."""
        if state in ("loading", "stopped") and self.is_own():
            self.is_lost = True
            for key in FILES:
                self.source[key]["text"] = self.source[key]["original"]
                self.source[key]["differs"] = False
            self.take(self.source, False)
            self.say_state(
                say("Python was started anew, on the original engine. Yours is still here.")
            )
        if state == "ready" and self.is_lost:
            self.is_lost = False
            self.changed()

    # What is said.

    def say_state(self, sentence):
        self.part("state").textContent = sentence

    def show_printed(self, text):
        self.part("printed").textContent = text
        self.part("printed").hidden = text == ""

    def show_refused(self, refused):
        """Say what is wrong with a file, and mark its line."""
        for editor in self.editors.values():
            editor.clearMarks()
        self.part("failure").hidden = not refused
        if not refused:
            return
        place = "micrograd/" + refused["file"]
        if refused["line"]:
            place = say("{file}, line {line}", file=place, line=refused["line"])
        self.part("says").textContent = place + ": " + refused["says"]
        self.part("excerpt").textContent = "".join(refused["excerpt"]).strip()
        self.part("excerpt").hidden = not refused["excerpt"]
        if refused["line"]:
            key = refused["file"].split(".")[0]
            self.part(key).closest("details").open = True
            mark = (refused["line"], refused["column"], refused["end"])
            self.editors[key].mark(*mark, refused["says"])
