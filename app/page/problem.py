"""What an exception says to a reader, who is told in a sentence."""

from app.page.language import say

GONE = "GoneError: "  # the kernel's, for what the page still shows and Python has not any more


def words_of(error):
    """Return the last line of what an exception says; those of JavaScript have it third."""
    says = error.args[2] if len(error.args) > 2 else str(error)
    last = says.strip().split("\n")[-1]
    if GONE in last:
        return last.split(GONE, 1)[1]
    return say("This took too long, and was stopped.") if last == "KeyboardInterrupt" else last
