// The Python that the kernel runs, as paths from the site's root. A test compares it with the folders.

export const KERNEL_FILES = [
  "micrograd/__init__.py",
  "micrograd/engine.py",
  "app/kernel/contribution.py",
  "app/kernel/drawing.py",
  "app/kernel/formulas.py",
  "app/kernel/frames.py",
  "app/kernel/layout.py",
  "app/kernel/main.py",
  "app/kernel/mathml.py",
  "app/kernel/narration.py",
  "app/kernel/numbers.py",
  "app/kernel/operations.py",
  "app/kernel/recorder.py",
  "app/kernel/score.py",
  "app/kernel/slope.py",
  "app/kernel/symbols.py",
  "app/kernel/watch.py",
];
