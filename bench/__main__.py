"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

from runpy import run_module

BENCHMARKS = ("enrich.bench", "bench.collect", "bench.pipeline", "bench.scale", "bench.obsei")


def main() -> None:
    """Run each as if it were called by itself."""
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        run_module(name, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
