import pytest

from app.kernel.narration import narrate
from app.kernel.network.scalars import narrated, rerun, scalars
from tests.app.kernel.network.setups import CHAIN, passed

NEURONS = [(0, 0), (0, 3), (1, 1), (2, 0)]


def test_a_neuron_is_its_products_its_sum_its_activation_and_the_rest() -> None:
    trace = scalars(passed(CHAIN), 0, 0).trace
    assert [(x["label"], x["op"], x["operands"]) for x in trace["nodes"]] == [
        *[("w1", "", []), ("x", "", []), ("", "*", [0, 1]), ("b", "", [])],
        *[("s", "+", [3, 2]), ("h1.1", "ReLU", [4]), ("loss", "…", [5])],
    ]
    assert trace["nodes"][5]["grad"] == 40


def test_the_output_is_shown_with_its_loss() -> None:
    trace = scalars(passed(CHAIN), 1, 0).trace
    assert [x["label"] or x["op"] for x in trace["nodes"] if x["operands"]] == [
        *["*", "out", "-", "loss"]
    ]


@pytest.mark.parametrize(("k", "i"), NEURONS)
def test_its_gradients_are_those_of_the_network(k: int, i: int) -> None:
    made = passed()
    shown = scalars(made, k, i)
    written = {event["to"]: event["after"] for event in shown.trace["backward"]}
    for n, whole in enumerate(shown.whole):
        assert written[n] == made.grad(whole)  # what is written last
    assert len(shown.trace["forward"]) == len(shown.whole)


@pytest.mark.parametrize(("k", "i"), NEURONS)
def test_a_nudged_leaf_moves_the_loss_of_the_whole_network(k: int, i: int) -> None:
    made = passed()
    shown = scalars(made, k, i)
    run = rerun(made, shown)
    values = {name: made.data(shown.whole[n]) for name, n in shown.leaves.items()}
    assert run(values) == made.data(made.loss)
    for name, n in shown.leaves.items():
        quotient = (run({**values, name: values[name] + 1e-6}) - made.data(made.loss)) / 1e-6
        assert quotient == pytest.approx(made.grad(shown.whole[n]), abs=1e-4)


def test_what_comes_from_other_neurons_is_told_as_that() -> None:
    made = passed()
    shown = scalars(made, 1, 1)
    told = narrated(made, 1, shown, narrate(shown.trace))
    assert told[0] == "h1.1 comes out of layer 1: −0.4798."
    assert "The rest of the network makes a loss of 1.56 of it." in told
    assert any(s.startswith("All that h2.2 leads to passes its gradients on") for s in told)
    assert any(s.startswith("The other neurons of this layer pass") for s in told)
