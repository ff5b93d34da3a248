import pytest

from app.kernel.network.setup import UnusableError
from tests.app.kernel.network.setups import setup


def test_parameters_are_named_by_their_paths_in_the_order_of_the_model() -> None:
    small = setup(names=["x"], sizes=[2, 1], activations=["tanh", "tanh"], inputs=["1"])
    assert small.parameters == [
        *["layers.0.neurons.0.w.0", "layers.0.neurons.0.b"],
        *["layers.0.neurons.1.w.0", "layers.0.neurons.1.b"],
        *["layers.1.neurons.0.w.0", "layers.1.neurons.0.w.1", "layers.1.neurons.0.b"],
    ]


def test_place_is_the_inverse_of_first_parameter() -> None:
    lecture = setup()
    # 4 neurons with 3 weights and a bias, then the third with 4 weights and a bias each
    assert lecture.first_parameter(1, 2) == 4 * 4 + 2 * 5
    assert lecture.place(26) == (1, 2, 0)
    assert lecture.place(30) == (1, 2, 4)  # its bias
    with pytest.raises(IndexError):
        lecture.place(41)


def test_numbers_may_be_typed_as_in_the_rest_of_the_page() -> None:
    assert setup(inputs=["1/2", "−3", "2*-3"]).sample.inputs == (0.5, -3.0, -6.0)


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ({"inputs": ["2", "", "1"]}, "I need a number for x2."),
        ({"target": "nan"}, "I need a finite number for the target."),
        ({"seed": "three"}, "A seed is a whole number"),
        ({"sizes": [17, 1], "activations": ["tanh"] * 2}, "A layer has 1 to 16 neurons."),
        ({"sizes": [1] * 10, "activations": ["tanh"] * 10}, "at most 8 hidden layers"),
        ({"changes": [["train", 2000, "0.1"]]}, "Train 1 to 1000 steps at once."),
        ({"changes": [["train", 2, "0"]]}, "A learning rate is above 0."),
    ],
)
def test_what_cannot_be_is_said(others: dict[str, object], says: str) -> None:
    with pytest.raises(UnusableError, match=says):
        setup(**others)
