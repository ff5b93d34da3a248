"""The page's own Python: connects each section to its controller, and says that the page is ready."""

from app.page import browser
from app.page.operations import Operations

Operations(browser.find("#operations"))
browser.page_is_ready()
