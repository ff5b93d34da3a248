"""What the robot types and pastes: right things, wrong things, and things nobody would."""

NUMBERS = (
    *("0", "1", "-2.5", "0.1", "7", "-0", "1e3", "3.14159", "-1e-7", "100", "1/3", "0,5"),
    *("1e308", "1e400", "nan", "inf", "", " ", "abc", "−3", "--1", "½", "9" * 400, "0x10"),
)
EXPRESSIONS = (
    *("L = (a*b + c) * f", "a + a", "tanh(x*w + b)", "L = a / b - b / a", "(a - 3)**2", "exp(a)*b"),
    *("d = a * b\ne = a + b\nL = d * e", "relu(a) + log(b*b + 1)", "x = Value(2.0)\ny = x*x*x"),
    *("a ** b", "-a", "5", "a = 3", "1 / 0 * a", "a*1e308*1e308", "print('x' * 1000)\na * 2"),
    *("L = (a*b", "", "import os", "while True: pass", "a" * 300, "ä * ö", "<b>a</b>", "a..b"),
    *("+".join(["a"] * 60), "*".join(f"x{i}" for i in range(25)), "(" * 90 + "a" + ")" * 90),
    *(
        "lambda: a",
        "[a, b]",
        "None",
        "a if a else b",
        "raise ValueError(a)",
        "exit()",
        "\x00",
        "🙂",
    ),
)
CELLS = (
    *("1 + 1", "a = Value(2.0)\nb = a * 3 + a\nb.backward()\nb", "print('hello')", "x = 5", "x"),
    *("for i in range(3):\n    print(i)", "from micrograd.nn import MLP\nMLP(2, [2, 1])", "1 / 0"),
    *("while True: pass", "while True: print('.')", "def f(): return f()\nf()", "import this"),
    *("sum(range(10**12))", "'x' * 10**6", "[0] * 10**10", "raise SystemExit", "input()", "a ="),
    *("import time\ntime.sleep(60)", "del Value", "Value = 3", "class Value: pass\nValue()"),
    *("import random\n[random.random() for _ in range(5)]", "help", "__import__('sys').exit(3)"),
    *(
        "v = Value(1.0)\nfor _ in range(300): v = v * 1.01\nv.backward()\nv",
        "\t\n  x\n y",
        "🙂 = 1",
    ),
    *(
        "import js\njs.close()",
        "import micrograd\nmicrograd.__file__",
        "(" * 300,
        "print(globals())",
    ),
    "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
)
ENGINES = (  # the text of the engine, and what it becomes
    ("operand.grad += local", "operand.grad = local"),
    ("math.tanh(self.data)", "math.sin(self.data)"),
    ("def __add__", "def __add__("),
    ("def exp", "def xpe"),
    ("import math", "import math\nwhile True: pass"),
    ("self.grad = 1.0", "self.grad = 2.0"),
)
PASTED = (
    *(
        "hello",
        "x" * 20_000,
        "line\n" * 500,
        "<img src=x onerror=alert(1)>",
        "\u202eabc",
        "a\u0000b",
    ),
    *(
        "1\n2\n3",
        "def f(x):\n\treturn x\n",
        "😀" * 200,
        "{}",
        "a\tb\tc",
        "\ufeffx = 1\r\ny = 2\r\n",
    ),
    "In [1]: a = Value(2.0)\nOut[1]: Value(data=2.0)\n>>> a + 1\n",
)
FILES = (  # names, and what is in them
    ("points.csv", "x1,x2,y\n1,2,1\n-1,-2,-1\n0.5,0.1,1\n-2,1,-1\n"),
    ("columns.csv", "a;b;c;d\n1,5;2;3;1\n2;3;4;-1\n5;6;7;1\n0;0;1;-1\n"),
    ("empty.csv", ""),
    ("broken.csv", "x1,x2,y\n1,2\nfoo,bar,baz\n"),
    ("broken.json", '{"format": "micrograd-explainer", "version": 1, "sizes": [2, -1]}'),
    ("text.json", "not JSON"),
    ("cells.py", "# %%\na = Value(3.0)\n# %%\na * a\n"),
    ("notebook.ipynb", '{"cells": [{"cell_type": "code", "source": ["1 + 1"]}], "nbformat": 4}'),
    ("broken.ipynb", '{"cells": [{"cell_type": "code"}, 3, null]}'),
    ("binary.txt", "\x00\x01\xff" * 300),
)
KEYS = (
    *("Tab", "Shift+Tab", "Enter", "Space", "Escape", "ArrowLeft", "ArrowRight", "ArrowUp"),
    *("ArrowDown", "Home", "End", "PageUp", "PageDown", "Delete", "Backspace", "a", "7", "-", "."),
    *("Control+a", "Control+z", "Control+y", "Control+Enter", "Shift+Enter", "Control+Space", "/"),
    *("Control+x", "Control+v", "Shift+ArrowRight", "Alt+ArrowUp", "Control+/", "+", "?", "("),
)
