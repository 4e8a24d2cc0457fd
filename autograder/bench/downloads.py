"""The benchmark of downloads, for CPython: the same cases as in downloads.c, by the standard library alone.

usage: python3 downloads.py KIND-COUNT-DELAY/WAY ADDRESS DIRECTORY     prints the nanoseconds that it took
       python3 downloads.py version                                    prints what is measured

What is measured is the same: from the links to the files, the start and the end of processes in it, and not the start
of the interpreter. Processes are made by fork, as in C: of CPython's ways to start one it is the fastest.
"""

import functools
import http.client
import multiprocessing
import pathlib
import platform
import re
import sys
import time
import urllib.request

FORK = multiprocessing.get_context("fork")
WORKERS = 8
PAGE_SIZE = 20000


def download(directory, link):
    """Gets a link by a connection of its own, as urlopen() and requests.get() do."""
    url, name = link
    with urllib.request.urlopen(url) as answer:
        (directory / name).write_bytes(answer.read())


class Session:
    """A connection that is kept from one link to the next, as requests.Session does."""

    def __init__(self, address):
        self.base = f"http://{address}"
        self.connection = http.client.HTTPConnection(address)

    def download(self, directory, link):
        url, name = link
        self.connection.request("GET", url.removeprefix(self.base))
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise OSError(f"{url}: {answer.status}")
        (directory / name).write_bytes(content)


def py_one_session(address, directory, links):
    session = Session(address)
    for link in links:
        session.download(directory, link)


def py_session_each(_, directory, links):
    for link in links:
        download(directory, link)


def py_processes(_, directory, links):
    for first in range(0, len(links), WORKERS):
        processes = [FORK.Process(target=download, args=(directory, link)) for link in links[first : first + WORKERS]]
        for process in processes:
            process.start()
        for process in processes:
            process.join()


def by_pool(pool, function, links):
    pool.map(function, links, 1)
    pool.close()
    pool.join()


def py_pool(_, directory, links):
    by_pool(FORK.Pool(WORKERS), functools.partial(download, directory), links)


def set_global_session(address):
    global session
    session = Session(address)


def download_in_session(directory, link):
    session.download(directory, link)


def py_sessions(address, directory, links):
    pool = FORK.Pool(WORKERS, initializer=set_global_session, initargs=(address,))
    by_pool(pool, functools.partial(download_in_session, directory), links)


WAYS = {
    "py-one-session": py_one_session,
    "py-session-each": py_session_each,
    "py-processes": py_processes,
    "py-pool": py_pool,
    "py-sessions": py_sessions,
}


def path_of(kind, number, delay):
    if kind == "images":
        return f"320/240?random={number}&delay={delay}"
    return f"pages/1/{number}/{PAGE_SIZE}?delay={delay}"


def check_files(directory, kind, links):
    for _, name in links:
        content = (directory / name).read_bytes()
        if not (content.endswith(b"IEND\xaeB`\x82") if kind == "images" else len(content) == PAGE_SIZE):
            sys.exit(f"downloads.py: {name}: the file is not what the server has")


def measure(kind, count, delay, way, base, directory):
    links = [(f"{base}/{path_of(kind, i, delay)}", f"{kind}-{i:03}") for i in range(count)]
    begin = time.monotonic_ns()
    WAYS[way](base.removeprefix("http://"), directory, links)
    spent = time.monotonic_ns() - begin
    check_files(directory, kind, links)
    return spent


def main():
    case = re.fullmatch(r"(images|pages)-(\d+)-(\d+)/([a-z-]+)", sys.argv[1]) if len(sys.argv) == 4 else None
    if sys.argv[1:] == ["version"]:
        print(platform.python_implementation(), platform.python_version())
    elif case is not None and case[4] in WAYS:
        print(measure(case[1], int(case[2]), int(case[3]), case[4], sys.argv[2], pathlib.Path(sys.argv[3])))
    else:
        print("usage: downloads.py CASE ADDRESS DIRECTORY, or downloads.py version", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
