// Starts the two Pythons: the kernel in its worker, and the page's own through PyScript.

import * as kernel from "./kernel/kernel.js";
import { showStatus } from "./status.js";
import { hooks } from "./vendor/pyscript.js";

// PyScript prepares workers of its own with `eval`. We have none, and our Content-Security-Policy no eval.
hooks.worker.onBeforeRunAsync.clear();

showStatus();
kernel.restart();
