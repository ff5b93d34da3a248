"""The HTML that puts a figure on a page: as one tag with its script, or as a frame without one.

A choice has a text for each key of app/page/embed_request.py, and for `lang`, `theme`, `height` and
`settings`. What is empty, or as it is anyway, is left out; the section never, for who reads it.
"""

from app.page.embed_request import KEYS, read_values

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~"
READABLE = "*(),:/="  # they mean nothing within a value of an address
IN_SETTINGS = READABLE + "%&+;!'$@?"  # those are the text of an address already


def as_tag(base, choice, usual):
    """Return the element, and before it the script that knows it; `base` is where the page lies."""
    pairs = asked_for(choice, usual)
    for key in ("lang", "theme", "height", "settings"):
        if choice.get(key):
            pairs.append((key, choice[key]))
    attributes = [attribute("section", choice["section"])]
    for key, text in pairs:
        attributes.append(" autoplay" if key == "autoplay" else attribute(key, text))
    script = '<script type="module"' + attribute("src", base + "embed.js") + "></script>"
    return script + "\n<micrograd-explainer" + "".join(attributes) + "></micrograd-explainer>"


def as_frame(base, choice, usual, title, height):
    """Return a frame. It keeps its height: the one that was chosen, or this one, in pixels."""
    attributes = (
        ("src", address(base, choice, usual)),
        ("title", title),
        ("width", "100%"),
        ("height", choice.get("height") or str(height)),
        ("style", "border: 0"),
        ("loading", "lazy"),
        ("allow", "clipboard-write"),
    )
    return "<iframe" + "".join([attribute(*pair) for pair in attributes]) + "></iframe>"


def address(base, choice, usual):
    """Return the address of the figure alone."""
    pairs = [("embed", choice["section"])] + asked_for(choice, usual)
    pairs += [(key, choice[key]) for key in ("lang", "theme") if choice.get(key)]
    query = "&".join([key + "=" + percent(text, READABLE) for key, text in pairs])
    settings = percent(choice.get("settings", ""), IN_SETTINGS)
    return base + "index.html?" + query + ("#" + settings if settings else "")


def asked_for(choice, usual):
    """Return the pairs of keys and texts that make a difference.

    The usual values belong to the usual code.
    """
    pairs = []
    for key in KEYS:
        text = choice.get(key, "").replace("\r\n", "\n")
        is_usual = key in usual and is_same(key, text, usual[key])
        if key == "values" and "code" in [name for name, _ in pairs]:
            is_usual = False
        if text.strip() and not is_usual:
            pairs.append((key, text))
    return pairs


def is_same(key, text, other):
    if key == "values":
        return numbers(text) == numbers(other)
    return text == other


def numbers(text):
    """Return the numbers in a text of values, or the text itself where it has something else."""
    problems = []
    values = read_values(text, problems)
    return text if problems else {name: float(values[name]) for name in values}


# Escaping.


def attribute(name, text):
    """Return an attribute after a space, in letters that are the same in every encoding."""
    return " " + name + '="' + "".join([escaped(c) for c in text]) + '"'


def escaped(c):
    named = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}
    return named.get(c) or (c if " " <= c <= "~" else "&#" + str(ord(c)) + ";")


def percent(text, also):
    """Encode what may not stand in an address; `also` are characters that may."""
    return "".join([c if c in PLAIN + also else hexadecimal(c) for c in text])


def hexadecimal(c):
    return "".join([f"%{byte:02X}" for byte in c.encode()])
