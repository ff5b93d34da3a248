"""What an address with `?embed=` asks for, and in words what of it cannot be had."""

from app.page.language import say

STEPPED = ("step", "hide", "autoplay")

# The sections, in the order in which they are told, each with the keys that it takes.
SECTIONS = (
    ("operations", ("operation", "values") + STEPPED),
    ("nudge", ("operation", "values", "hide")),
    ("graph", ("code", "values") + STEPPED),
    ("backpropagation", ("code", "values") + STEPPED),
    ("accidents", ("accident",) + STEPPED),
    ("networks", STEPPED),
    ("training", ("hide", "autoplay")),
    ("workbench", ("code", "step", "hide")),
    ("check", ("hide",)),
)
THEMES = ("auto", "light", "dark")
LANGUAGES = (("en", "English"), ("de", "Deutsch"))  # as in static/language.js
KEYS = ("code", "values", "step", "hide", "autoplay", "operation", "accident")


def read_request(pairs):
    """Read the pairs of an address; `section` is empty when there is no such section.

    What is wrong is in `problems`, a sentence each, and left out: the rest can still be shown.
    """
    given = {}
    for name, text in pairs:
        given.setdefault(name, text)
    section = given.get("embed", "")
    takes = [keys for name, keys in SECTIONS if name == section]
    request = {"section": section if takes else "", "problems": []}
    if not takes:
        names = ", ".join([name for name, keys in SECTIONS])
        request["problems"].append(
            say(
                "There is no “{section}” to embed. There is: {names}.",
                section=shortened(section),
                names=names,
            )
        )
        return request
    for key in KEYS:
        text = given.get(key, "")
        if text and key not in takes[0]:
            request["problems"].append(
                say("“{section}” takes no “{key}”.", section=section, key=key)
            )
            text = ""
        read(request, key, text, key in given)
    if given.get("theme", "auto") not in THEMES:
        no_choice(request, "theme", given["theme"], THEMES)
    languages = [code for code, name in LANGUAGES]
    if given.get("lang", "en").lower().split("-")[0] not in languages:
        no_choice(request, "lang", given["lang"], languages)
    return request


def read(request, key, text, is_given):
    """Read one key into the request."""
    if key == "values":
        request[key] = read_values(text, request["problems"])
    elif key == "step":
        request[key] = read_step(text, request["problems"])
    elif key == "hide":
        request[key] = [name.strip() for name in text.split(",") if name.strip()]
    elif key == "autoplay":
        request[key] = is_given and text in ("", "1", "true", "autoplay")
        if text not in ("", "1", "true", "autoplay", "0", "false"):
            no_choice(request, key, text, ("true", "false"))
    else:
        request[key] = text.replace("\r\n", "\n")


def read_values(text, problems):
    """Read `a=2,b=-3` into numbers by name, as they were typed."""
    values = {}
    for part in text.split(","):
        name, _, number = [piece.strip() for piece in part.partition("=")]
        if not part.strip():
            continue
        if is_name(name) and is_number(number):
            values[name] = number
        else:
            problems.append(
                say(
                    "“values” has “{text}”, where a name and a number belong, as in a=2,b=-3.",
                    text=shortened(part.strip()),
                )
            )
    return values


def read_step(text, problems):
    """Read the number of a step; None when there is none."""
    if not text:
        return None
    if all(c in "0123456789" for c in text) and len(text) < 7:
        return int(text)
    problems.append(
        say("“step” is the number of a step, 0 or more, and not “{text}”.", text=shortened(text))
    )
    return None


def no_choice(request, key, text, choices):
    """Say what there is to choose from."""
    request["problems"].append(
        say(
            "“{key}” is one of {choices}, and not “{text}”.",
            key=key,
            choices=", ".join(choices),
            text=shortened(text),
        )
    )


def shortened(text):
    """Return a text as it can stand in a sentence, however long it is."""
    return text if len(text) <= 40 else text[:39] + "…"


def is_name(text):
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
    return text[:1] in letters and text != "" and all(c in letters + "0123456789" for c in text)


def is_number(text):
    """Tell whether this is a finite number, as Python writes it."""
    if not text or any(c not in "0123456789+-.eE" for c in text):
        return False
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False
