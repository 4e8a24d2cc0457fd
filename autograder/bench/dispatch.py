"""The benchmark of dispatch, for CPython: the same cases as in dispatch.c.

usage: python3 dispatch.py CASE WORKERS     prints nanoseconds for a unit of the case
       python3 dispatch.py version          prints what is measured

Workers are made by fork, as in C: of CPython's ways to start a process it is the fastest.
"""

import concurrent.futures
import multiprocessing
import platform
import sys
import time

ENOUGH = 0.25  # seconds
FORK = multiprocessing.get_context("fork")


def same(item):
    return item


def rest(item):
    time.sleep(2)
    return item


def repeat(run):
    """As bench_repeat() in dispatch.c; whoever takes seconds is warmed up by less."""
    times = 0
    begin = time.monotonic_ns()
    while True:
        run()
        times += 1
        spent = time.monotonic_ns() - begin
        if spent >= ENOUGH * 1e9:
            return spent / times


def numbers(count):
    return list(range(1, count + 1))


def pages(count):
    # Each an object of its own: pickle would send equal ones of a chunk only once.
    return [bytes([i % 256]) * 1024 for i in range(count)]


def automatic(items, workers):
    """How many items Pool.map() puts into a chunk."""
    return -(-len(items) // (4 * workers))


def measured(run, items):
    """Nanoseconds for an item, when `run(items)` gives them back in their order."""
    run(items[:1000])  # warms up
    results = []

    def again():
        results[:] = [run(items)]

    time_ns = repeat(again)
    if results != [items]:
        sys.exit("dispatch.py: a result is wrong")
    return time_ns / len(items)


def pool_map(items, chunk):
    def measure(workers):
        with FORK.Pool(workers) as pool:
            return measured(lambda some: pool.map(same, some, chunk), items)

    return measure


def executor_map(items, chunk):
    def measure(workers):
        size = chunk or automatic(items, workers)
        with concurrent.futures.ProcessPoolExecutor(workers, mp_context=FORK) as executor:
            return measured(lambda some: list(executor.map(same, some, chunksize=size)), items)

    return measure


def pool_start(workers):
    def run():
        pool = FORK.Pool(workers)
        pool.close()
        pool.join()

    run()
    return repeat(run)


def executor_start(workers):
    def run():
        executor = concurrent.futures.ProcessPoolExecutor(workers, mp_context=FORK)
        executor.submit(same, 1).result()  # or it would start no worker
        executor.shutdown()

    run()
    return repeat(run)


def sleep_loop(_):
    begin = time.monotonic_ns()
    for item in range(4):
        rest(item)
    return time.monotonic_ns() - begin


def sleep_pool(workers):
    begin = time.monotonic_ns()
    pool = FORK.Pool(workers)
    pool.map(rest, range(4), 1)
    pool.close()
    pool.join()
    return time.monotonic_ns() - begin


CASES = {
    "number-1/Pool": lambda workers: pool_map(numbers(100000), 1)(workers),
    "number-1/executor": lambda workers: executor_map(numbers(10000), 1)(workers),
    "number-auto/Pool": lambda workers: pool_map(numbers(100000), None)(workers),
    "number-auto/executor": lambda workers: executor_map(numbers(100000), None)(workers),
    "page-1/Pool": lambda workers: pool_map(pages(10000), 1)(workers),
    "page-1/executor": lambda workers: executor_map(pages(2000), 1)(workers),
    "page-auto/Pool": lambda workers: pool_map(pages(10000), None)(workers),
    "page-auto/executor": lambda workers: executor_map(pages(10000), None)(workers),
    "start/Pool": lambda _: pool_start(8),
    "start/executor": lambda _: executor_start(8),
    "sleep/Loop": sleep_loop,
    "sleep/Pool": lambda _: sleep_pool(8),
}


def main():
    if sys.argv[1:] == ["version"]:
        print(platform.python_implementation(), platform.python_version())
    elif len(sys.argv) == 3 and sys.argv[1] in CASES:
        print(f"{CASES[sys.argv[1]](int(sys.argv[2])):.3f}")
    else:
        print("usage: dispatch.py CASE WORKERS, or dispatch.py version", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
