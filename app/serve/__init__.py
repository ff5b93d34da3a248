"""The installed command `micrograd-explainer`: serves the page on this computer and opens it."""
