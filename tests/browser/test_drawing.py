"""What static/training draws from arrays, alone on a page: plane, network, chart, histograms."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from app.kernel.network.drawing import draw
from tests.browser.blank import open_blank
from tests.browser.conftest import Watched
from tests.browser.figures import wait_until

SVG = "{http://www.w3.org/2000/svg}"
LOAD = """async (names) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href: "static/css/training.css" });
  document.head.append(link);
  await new Promise((done) => link.addEventListener("load", done));
  for (const name of names) Object.assign(window, await import(`./static/training/${name}.js`));
  document.querySelector("#place").style.width = "300px";
}"""
PLANE = """() => {
  window.plane = createPlane(document.querySelector("#place"));
  window.told = [];
  for (const what of ["Pick", "Add", "Move", "Cursor"]) {
    plane[`on${what}`]((...numbers) => told.push([what, ...numbers]));
  }
  const rows = { x: [-3, 3, 0], y: [-3, 3, 0], target: [-1, 1, 1], isTest: [false, false, true] };
  plane.setRows(rows, [-6, 6, -6, 6]);
  plane.show(new Float32Array([1, 3, 1, 3]), 2, { low: -4, high: 4, level: null, showTest: false });
}"""
NETWORK = """(text) => {
  window.network = createNetworkView(document.querySelector("#place"));
  network.setSvg(text);
}"""
CHART = """() => {
  window.chart = createChart(document.querySelector("#place"), { label: "Loss" });
  const [x, train, test] = [[0, 1, 2], [1, 0.5, 0], [2, NaN, 1]].map((n) => new Float64Array(n));
  chart.setRuns(["training", "test"], [{ x, ys: [train, test] }]);
}"""


def opened(watched: Watched, *names: str) -> Page:
    page = open_blank(watched)
    page.evaluate(LOAD, list(names))
    return page


def plane(watched: Watched) -> tuple[Page, Locator]:
    page = opened(watched, "plane")
    page.evaluate(PLANE)
    return page, page.get_by_role("application", name="Plane of the data")


def told(page: Page, what: str) -> list[list[float]]:
    """Return the numbers of what was told since the last time."""
    all_of_it: list[Any] = page.evaluate("told.splice(0)")
    return [numbers for kind, *numbers in all_of_it if kind == what]


def pixels(page: Page, x: float, y: float) -> dict[str, Any]:
    left, top = page.evaluate("place => plane.toPixels(...place)", [x, y])
    return {"x": left, "y": top}


def test_colours_go_from_negative_to_positive(fresh: Watched) -> None:
    page = opened(fresh, "palette")
    ends = page.evaluate("[colour(0), colour(255)]")
    assert ends == ["rgb(180 80 10)", "rgb(29 91 181)"]  # --negative, --positive
    assert page.evaluate("[-1, 0, 1, 7, NaN].map(stepOf)") == [0, 128, 255, 255, -1]
    page.emulate_media(color_scheme="dark")
    wait_until(page, "colour(255) === 'rgb(106 165 255)'")


@pytest.mark.parametrize(
    ("ends", "numbers"),
    [
        ([-6, 6], ["−6", "−4", "−2", "0", "2", "4", "6"]),
        ([0, 1], ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        ([-0.3, 120], ["0", "20", "40", "60", "80", "100", "120"]),
    ],
)
def test_ticks_are_round_numbers(fresh: Watched, ends: list[float], numbers: list[str]) -> None:
    page = opened(fresh, "marks")
    assert page.evaluate("ends => ticks(...ends).map((tick) => tick.text)", ends) == numbers


def test_contour_lies_where_the_level_is(fresh: Watched) -> None:
    page = opened(fresh, "contour")
    places = page.evaluate("""() => {
      const places = [];
      const note = (x, y) => places.push([x, y]);
      contour({ moveTo: note, lineTo: note }, [1, 3, 1, 3], 2, 1.5);
      return places;
    }""")
    # 1 and 3 stand at 0.5 and 1.5 cells from the left: 1.5 is a quarter of the way.
    assert {x for x, _ in places} == {0.75}
    assert {y for _, y in places} == {0, 0.5, 1.5, 2}


def test_contour_passes_what_is_no_number(fresh: Watched) -> None:
    page = opened(fresh, "contour")
    call = "contour({ moveTo() { throw 1 }, lineTo() {} }, [1, NaN, NaN, -1], 2, 0)"
    assert page.evaluate(call) is None


def test_histogram_counts_around_nothing(fresh: Watched) -> None:
    page = opened(fresh, "histogram")
    assert page.evaluate("reachOf([-0.3, 0.1, Infinity, NaN])") == 0.5
    assert page.evaluate("reachOf([])") == 1
    assert page.evaluate("count([-1, -0.2, 0, 0.2, 1, 5, NaN], 1, 3)") == [1, 3, 1]


def test_plane_tells_the_point_that_is_clicked(fresh: Watched) -> None:
    page, canvas = plane(fresh)
    canvas.click(position=pixels(page, 3, 3))
    assert told(page, "Pick") == [[1]]
    canvas.click(position=pixels(page, 0, 0))  # a point of the test set, which is not shown
    canvas.click(position=pixels(page, -5, 5))
    assert told(page, "Pick") == []


SILHOUETTES = """() => {
  const canvas = document.querySelector(".plane-points");
  const scale = canvas.width / canvas.clientWidth;
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  return [[-3, -3], [3, 3]].map(([x, y]) => {
    const [left, top] = plane.toPixels(x, y).map((p) => Math.round(p * scale) - 10);
    const { data } = context.getImageData(left, top, 20, 20);
    return Array.from({ length: 400 }, (_, i) => data[4 * i + 3] > 127);
  });
}"""


def test_the_two_classes_differ_in_shape_where_no_colour_is_seen(fresh: Watched) -> None:
    page, _ = plane(fresh)
    one, other = page.evaluate(SILHOUETTES)
    assert min(sum(one), sum(other)) > 40  # pixels of a point, of 5 and more across
    assert sum(a != b for a, b in zip(one, other)) > 0.15 * sum(other)


def test_plane_draws_and_moves_points(fresh: Watched) -> None:
    page, canvas = plane(fresh)
    page.evaluate("plane.setMode('draw')")
    canvas.click(position=pixels(page, -5, 5))
    [[x, y]] = told(page, "Add")
    assert (x, y) == (pytest.approx(-5, abs=0.05), pytest.approx(5, abs=0.05))
    start, end = pixels(page, 3, 3), pixels(page, 4, 3)
    canvas.hover(position=start)
    page.mouse.down()
    canvas.hover(position=end)
    page.mouse.up()
    index, x, y = told(page, "Move")[-1]
    assert (index, x, y) == (1, pytest.approx(4, abs=0.05), pytest.approx(3, abs=0.05))


def test_plane_by_keyboard(fresh: Watched) -> None:
    page, canvas = plane(fresh)
    page.keyboard.press("Tab")
    expect(canvas).to_be_focused()
    expect(canvas).to_have_accessible_description(re.compile("Enter picks the nearest point"))
    assert told(page, "Cursor") == [[0, 0, 2]]  # the middle of 1 and 3
    for key in ["ArrowRight", "ArrowUp", "Shift+ArrowUp"]:
        page.keyboard.press(key)
    x, y, value = told(page, "Cursor")[-1]
    assert (x, y, value) == (0.3, pytest.approx(0.375), pytest.approx(2.1))  # 2 for half the width
    page.keyboard.press("Enter")
    assert told(page, "Pick") == [[1]]
    page.evaluate("plane.setMode('draw')")
    page.keyboard.press("Enter")
    assert told(page, "Add") == [[0.3, pytest.approx(0.375)]]


def test_plane_leaves_the_finger_to_the_page_unless_it_draws(fresh: Watched) -> None:
    page, canvas = plane(fresh)
    assert "pan-y" in canvas.evaluate("canvas => getComputedStyle(canvas).touchAction")
    page.evaluate("plane.setMode('draw')")
    expect(canvas).to_have_css("touch-action", "none")
    expect(canvas).to_have_accessible_description(re.compile("Enter adds a point"))


def test_network_paints_weights_and_biases(fresh: Watched) -> None:
    page = opened(fresh, "network")
    page.evaluate(NETWORK, draw([2, 1], ["x1", "x2"], "pictures", "A network"))
    page.evaluate("network.paintWeights(Float64Array.of(9, -9, 0), null, 'weights')")
    wires = page.locator(".wire")
    expect(wires.nth(0)).to_have_css("stroke", "rgb(29, 91, 181)")
    expect(wires.nth(1)).to_have_css("stroke", "rgb(180, 80, 10)")
    expect(wires.nth(0)).to_have_css("stroke-dasharray", "none")
    expect(wires.nth(1)).to_have_css("stroke-dasharray", "9px, 4px")  # also without colours
    expect(wires.nth(0)).to_have_css("stroke-width", "5px")
    page.evaluate("network.paintWeights(Float64Array.of(0, NaN, 0), null, 'weights')")
    expect(wires.nth(0)).to_have_css("stroke-width", "0.75px")
    expect(wires.nth(1)).to_have_css("stroke", "rgb(179, 38, 30)")  # --failed


def test_network_paints_pictures_where_the_cards_are(fresh: Watched) -> None:
    page = opened(fresh, "network")
    page.evaluate(NETWORK, draw([1, 2], ["x1"], "pictures", "A network"))
    page.evaluate(
        "network.paintNeurons(Float32Array.of(1, 1, 1, 1, NaN, NaN, NaN, NaN), 2, "
        "{ shared: { low: -1, high: 1 } })"
    )
    page.evaluate("document.querySelector('#place').style.width = '250px'")
    wait_until(page, "document.querySelector('.network').getBoundingClientRect().width < 251")
    alphas = """() => {
      const { canvas } = network;
      const around = canvas.getBoundingClientRect();
      const ratio = canvas.width / around.width;
      const copy = document.createElement("canvas");
      const context = copy.getContext("2d", { willReadFrequently: true });
      [copy.width, copy.height] = [canvas.width, canvas.height];
      context.drawImage(canvas, 0, 0);
      return [...document.querySelectorAll(".neuron .card")].map((card) => {
        const box = card.getBoundingClientRect();
        const x = box.left + box.width / 2 - around.left;
        const y = box.top + box.height / 2 - around.top;
        return context.getImageData(x * ratio, y * ratio, 1, 1).data[3];
      });
    }"""
    wait_until(page, f"({alphas})().join() === '255,0'")
    boxes = page.evaluate("""['.network', '.network-pictures'].map((name) => {
      const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
      return [x, y, width, height];
    })""")
    assert boxes[0] == pytest.approx(boxes[1], abs=0.1)


def test_network_as_a_file_has_its_pictures(fresh: Watched) -> None:
    page = opened(fresh, "network")
    page.evaluate(NETWORK, draw([1, 1], ["<x>"], "pictures", "A network"))
    page.evaluate(
        "network.paintNeurons(Float32Array.of(1, 1, 1, 1), 2, { shared: { low: -1, high: 1 } })"
    )
    root = ElementTree.fromstring(page.evaluate("network.toSvg()"))
    assert [image.get("href", "")[:22] for image in root.iter(f"{SVG}image")] == [
        "data:image/png;base64,"
    ]


def test_chart_shows_the_last_values(fresh: Watched) -> None:
    page = opened(fresh, "chart")
    page.evaluate(CHART)
    expect(page.locator(".chart-legend")).to_have_text("epoch 2training 0test 1")


def test_chart_by_keyboard_is_a_slider(fresh: Watched) -> None:
    page = opened(fresh, "chart")
    page.evaluate(CHART)
    slider = page.get_by_role("slider", name="Loss")
    page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "epoch 1: training 0.5, test –")
    expect(page.locator(".chart-legend")).to_have_text("epoch 1training 0.5test –")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")


def test_chart_on_a_logarithmic_scale_leaves_out_what_has_no_logarithm(fresh: Watched) -> None:
    page = opened(fresh, "chart")
    page.evaluate(CHART)
    page.evaluate("chart.setLog(true)")
    expect(page.locator(".chart-legend")).to_have_text("epoch 2training –test 1")


def test_chart_shows_runs_over_x_of_their_own(fresh: Watched) -> None:
    page = opened(fresh, "chart")
    page.evaluate("""() => {
      window.chart = createChart(document.querySelector("#place"));
      const run = (...x) => ({ x, ys: [x.map((one) => one * 10)] });
      chart.setRuns(["training", "training (run 1)"], [run(0, 2, 4), run(1, 2, 3)]);
    }""")
    wait_until(page, "chart.plot !== null")  # uPlot is fetched when there is something to draw
    assert page.evaluate("chart.data[0]") == [0, 1, 2, 3, 4]
    expect(page.locator(".chart-legend")).to_have_text("epoch 4training 40training (run 1) 30")


def test_chart_as_a_file(fresh: Watched) -> None:
    page = opened(fresh, "chart")
    page.evaluate(CHART)
    wait_until(page, "chart.plot?.status === 1")
    root = ElementTree.fromstring(page.evaluate("chart.toSvg()"))
    lines = [line.get("points", "").split() for line in root.iter(f"{SVG}polyline")]
    assert [len(line) for line in lines] == [3, 2]
    assert page.evaluate("[chart.toCanvas().width, chart.plot.ctx.canvas.width]") == [300, 300]
