"""What the page still shows and asks about, and Python does not have any more."""


class GoneError(LookupError):
    """Its message is a sentence for the reader: the page shows it as it is."""
