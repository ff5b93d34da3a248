"""The page's own Python: connects the article, or one figure; then the page is ready."""

from app.page import browser, language

language.speak(browser.table_of_texts())
if browser.embed.isEmbedded():
    from app.page import embed

    embed.begin()
else:
    from app.page import article  # noqa: F401

browser.page_is_ready()
