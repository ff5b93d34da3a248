from app.kernel.network.motion import Steps, numbers, score
from app.kernel.network.told import narration
from tests.app.kernel.network.setups import CHAIN, passed


def test_the_steps_are_the_inputs_the_layers_the_loss_and_back() -> None:
    steps = Steps(2)
    forward = [steps.inputs, steps.forward(0), steps.forward(1), steps.loss]
    assert forward == [1, 2, 3, 4]
    assert [steps.gradient(1), steps.backward(1), steps.backward(0)] == [5, 6, 7]
    assert steps.gradient(0) == steps.backward(1)  # it comes back along the edges of layer 1
    assert steps.all == 7


def test_light_runs_along_all_edges_of_a_layer_and_back() -> None:
    cues = score(2)
    lights = [[cue["target"] for cue in step if cue["property"] == "light"] for step in cues]
    assert lights == [
        *[[], ['[data-weight^="1-"]'], ['[data-weight^="2-"]'], [".to-loss"]],
        *[[".to-loss.of-output"], ['[data-weight^="2-"]'], ['[data-weight^="1-"]']],
    ]
    assert [step[0]["from"] for step in cues[1:3]] == [0, 0]
    assert [step[0]["from"] for step in cues[5:]] == [1, 1]


def test_each_number_has_the_step_in_which_it_is_computed() -> None:
    found = {x["place"]: x["writes"] for x in numbers(passed(CHAIN))}
    assert found['[data-neuron="1-0"] [data-role=data]'] == [
        {"step": 2, "text": "7", "exact": "7.0"}
    ]
    assert found['[data-neuron="1-0"] [data-role=grad]'][0] == {
        "step": 6,
        "text": "40",
        "exact": "40.0",
    }
    assert found[".loss [data-role=data]"][0]["step"] == 4


def test_each_step_is_told_with_its_numbers() -> None:
    told = narration(passed(CHAIN))
    assert len(told) == len(score(2))
    assert told[0] == "The inputs of this sample are given: x = 3."
    assert told[1].endswith("then takes ReLU of it: h1.1 = ReLU(7) = 7.")
    assert "(10 − 8)² = 4" in told[3]
    assert "2 × (10 − 8) = 4" in told[4]
    assert "The largest is layers.1.neurons.0.w.0, 28." in told[5]
