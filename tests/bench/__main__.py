"""`make bench`: measures what visitors feel, in a real browser, and prints it. Judges nothing."""

from tests.bench.answer import measure_answer, measure_drawing
from tests.bench.cell import measure_cell
from tests.bench.compiled import measure_compiled
from tests.bench.layouts import measure_layouts
from tests.bench.recording import measure_recording
from tests.bench.start import measure_start
from tests.bench.stop import measure_stop
from tests.bench.table import describe_machine, show_table, show_totals
from tests.bench.training import measure_memory, measure_training
from tests.browser.conftest import launch
from tests.browser.site import serve


def main() -> None:
    with serve() as site, launch() as browser:
        print(describe_machine(browser.version))
        for table in measure_start(browser):
            print(f"\n{table.as_text()}")
        print("\nAnswer, milliseconds from an input event to the new numbers on the page")
        show_table(measure_answer(browser, site))
        print("\nGraph, milliseconds from a typed expression to its painted drawing")
        show_table(measure_drawing(browser, site))
        print("\nCell, milliseconds from Ctrl+Enter to the painted figure of its value")
        show_table(measure_cell(browser, site))
        print("\nStop, milliseconds from Stop to the next result of a cell")
        show_table(measure_stop(browser, site))
        for table in measure_compiled(browser, site):
            print(f"\n{table.as_text()}")
        print(f"\n{measure_training(browser, site).as_text()}")
        print(f"\n{measure_memory(browser, site).as_text()}")
    print("\nRecording: milliseconds for MLP(2, [16, 16, 1]) forward on 10 samples and backward")
    show_table(measure_recording())
    print(
        "\nLayout of 50 graphs of 5 to 120 nodes, beside dagre's (area in millions of square units)"
    )
    show_totals(measure_layouts())


main()
