"""`sim bench` in its smallest size."""

import json
import subprocess
import sys

NAMES = {
    "agents_over_compiled", "plain_mesa_over_compiled", "cost", "two_threads_speed_up", "two_threads_same_bits",
    "bytes_per_customer", "share_outside_compiled_loop", "start_up", "peak_memory", "first_run",
    "first_run_says_so_once", "overhead_of_a_run", "parent_memory_of_a_sweep",
}  # fmt: skip


def test_a_quick_bench_measures_everything_and_judges_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "sim", "bench", "--quick", "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    found = {name for name in NAMES if any(one["name"].startswith(name) for one in results)}
    assert found == NAMES
    assert all(one["met"] is None for one in results)
    assert next(one["value"] for one in results if one["name"] == "two_threads_same_bits") == 1.0
