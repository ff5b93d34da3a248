"""Instructions as bytes, and what they do in a machine."""

import pytest
import wasmtime

from micrograd.compile import wasm
from micrograd.compile.module import module
from micrograd.compile.wasm import F64, I32, Function, f64, get, i32, put


@pytest.mark.parametrize(("n", "code"), [(0, "00"), (127, "7f"), (128, "8001"), (624485, "e58e26")])
def test_unsigned_is_leb128(n: int, code: str) -> None:
    assert wasm.unsigned(n).hex() == code


@pytest.mark.parametrize(
    ("n", "code"),
    [(0, "00"), (63, "3f"), (64, "c000"), (-1, "7f"), (-64, "40"), (-65, "bf7f")],
)
def test_signed_is_leb128_with_a_sign(n: int, code: str) -> None:
    assert wasm.signed(n).hex() == code


def result_of(body: bytes, result: bytes = F64) -> float:
    f = Function(b"", result, body, integers=2, floats=1)  # locals 0, 1, and 2
    engine = wasmtime.Engine()
    store = wasmtime.Store(engine)
    code = module([], [f], {"f": 0}, 8, [(0, b"\x00\x00\x00\x00\x00\x00\xf0\x3f")])
    instance = wasmtime.Instance(store, wasmtime.Module(engine, code), [])
    return instance.exports(store)["f"](store)  # type: ignore[operator,no-any-return]


TWO, THREE = f64(2.0), f64(3.0)
COUNT = put(2, wasm.add(get(2), f64(1.0)))


@pytest.mark.parametrize(
    ("body", "result"),
    [
        (wasm.add(TWO, THREE), 5.0),
        (wasm.sub(TWO, THREE), -1.0),
        (wasm.mul(TWO, THREE), 6.0),
        (wasm.div(THREE, TWO), 1.5),
        (wasm.neg(TWO), -2.0),
        (wasm.sqrt(f64(9.0)), 3.0),
        (wasm.absolute(f64(-2.0)), 2.0),
        (wasm.choose(wasm.less(TWO, THREE), TWO, THREE), 2.0),
        (wasm.choose(wasm.greater(TWO, THREE), TWO, THREE), 3.0),
        (wasm.choose(wasm.at_most(TWO, TWO), TWO, THREE), 2.0),
        (wasm.choose(wasm.at_least(TWO, THREE), TWO, THREE), 3.0),
        (wasm.choose(wasm.is_finite(f64(float("inf"))), TWO, THREE), 3.0),
        (wasm.load(i32(0)), 1.0),
        (wasm.store(i32(0), TWO, 8) + wasm.load(i32(8)), 2.0),
        (wasm.fill_zero(i32(0), i32(8)) + wasm.load(i32(0)), 0.0),
        (wasm.when(i32(1), COUNT, COUNT + COUNT) + get(2), 1.0),
        (wasm.when(i32(0), COUNT, COUNT + COUNT) + get(2), 2.0),
        (wasm.count_up(0, i32(2), i32(8), COUNT, 2) + get(2), 3.0),  # 2, 4, 6
        (wasm.count_up(0, i32(8), i32(8), COUNT) + get(2), 0.0),
        (wasm.count_down(0, i32(8), i32(2), COUNT, 2) + get(2), 3.0),  # 6, 4, 2
        (wasm.leave_with(TWO) + THREE, 2.0),
    ],
)
def test_instructions_compute(body: bytes, result: float) -> None:
    assert result_of(body) == result


@pytest.mark.parametrize(("number", "result"), [(0, 1.0), (1, 2.0), (2, 3.0), (9, 3.0)])
def test_cases_runs_the_body_of_the_number(number: int, result: float) -> None:
    bodies = [COUNT, COUNT * 2, COUNT * 3]
    assert result_of(wasm.cases(i32(number), bodies) + get(2)) == result


def test_a_single_case_needs_no_choice() -> None:
    assert result_of(wasm.cases(i32(5), [COUNT]) + get(2)) == 1.0


def test_counters_are_integers() -> None:
    assert result_of(wasm.i_add(i32(2), wasm.i_mul(i32(3), i32(4))), I32) == 14


def test_module_of_nothing_has_a_memory() -> None:
    assert (
        module([], [], {}, 1).hex()
        == "0061736d01000000" + "0503010001" + "070a01066d656d6f72790200"
    )
