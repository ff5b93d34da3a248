"""The only module of the page that touches JavaScript: elements, events, the kernel, Anime.js."""

import asyncio
import json

from pyscript import document, ffi, window
from pyscript.js_modules import anime, kernel, source


def find(selector):
    return document.querySelector(selector)


def find_all(element, selector):
    return list(element.querySelectorAll(selector))


def on(element, event, handler):
    element.addEventListener(event, ffi.create_proxy(handler))


def on_kernel_state(handler):
    on(document, "kernel", lambda event: handler(event.detail.state))


def page_is_ready():
    document.documentElement.dataset.page = "ready"


def kernel_state():
    return document.documentElement.dataset.kernel


async def call(method, request):
    """Call a method of the kernel; an exception there is an exception here."""
    return json.loads(await kernel.call(method, json.dumps(request)))


def spawn(coroutine):
    """Let a coroutine run by itself."""
    asyncio.create_task(coroutine)


def show_source(parent, name):
    """Make a read-only view of Python source: it has `show(text)` and `light(line)`."""
    return source.createSource(parent, name)


# Motion.


def timeline():
    return anime.createTimeline(ffi.to_js({"autoplay": False, "defaults": {"ease": "inOutQuad"}}))


def add_to(timeline, targets, change, at):
    timeline.add(targets, ffi.to_js(change), at)


def show_beginning(timeline):
    """Give every target the state in which the timeline begins."""
    timeline.init()


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
