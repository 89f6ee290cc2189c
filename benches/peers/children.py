"""Programs started and timed: the same cheap way for both sides, and with what the system counts of them."""

import ctypes
import os
import resource
import subprocess
import time
from typing import NamedTuple


class Ran(NamedTuple):
    """One run of a program: seconds by the clock, seconds of processor time, the most memory in MB, and the exit code."""

    wall: float
    cpu: float
    mb: float
    code: int


class Failed(Exception):
    """A program that had to succeed did not, or two answers are not the same."""


class Starter:
    """A small program that starts the others, and times them: a child counts the memory of who started it as its own."""

    def __init__(self, program):
        self.pipe = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, words, out, env, err):
        setting = "".join(f"{name}={value}" for name, value in (env or {}).items())
        request = "\x1f".join([str(out), str(err), setting, *words]) + "\x1e"
        self.pipe.stdin.write(request.encode())
        self.pipe.stdin.flush()
        wall, processor, held, code = map(int, self.pipe.stdout.readline().split())
        return Ran(wall / 1e9, processor / 1e6, held / 1024, code)


STARTER = []


def spawn(words, out=os.devnull, env=None, err=os.devnull):
    """Starts a program, without a shell and without copying this process (posix_spawn), its output in a file."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(out), flags, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, str(err), flags, 0o644),
    ]
    return os.posix_spawn(words[0], words, {**os.environ, **(env or {})}, file_actions=actions)


def run(words, out=os.devnull, env=None, limit_mb=None, seconds=None, err=os.devnull, at_once=False):
    """Runs a program to its end. With a limit it is ended when it holds more, or takes longer: the code is then None.

    `at_once`: beside others, for which the starter would wait."""
    words = [str(word) for word in words]
    if STARTER and limit_mb is None and seconds is None and not at_once:
        return STARTER[0].run(words, out, env, err)
    start = time.perf_counter()
    child = spawn(words, out, env, err)
    stopped, most = False, 0.0
    if limit_mb is None and seconds is None:
        _, status, used = os.wait4(child, 0)
    else:
        while True:
            found, status, used = os.wait4(child, os.WNOHANG)
            if found:
                break
            most = max(most, held_mb(child))
            if not stopped and (time.perf_counter() - start > (seconds or 1e9) or most > (limit_mb or 1e9)):
                os.kill(child, 9)
                stopped = True
            time.sleep(0.005)
    wall = time.perf_counter() - start
    code = None if stopped else os.waitstatus_to_exitcode(status)
    # What this process holds is counted as the child's when that holds less.
    counted = used.ru_maxrss / 1024
    held = counted if counted > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 1 else most
    return Ran(wall, used.ru_utime + used.ru_stime, held, code)


def held_mb(child):
    """What a process holds in memory now, in MB."""
    try:
        with open(f"/proc/{child}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


def must(words, out=os.devnull, env=None, at_once=False):
    """Runs a program that has to succeed."""
    err = str(out) + ".err" if out != os.devnull else os.devnull
    ran = run(words, out, env, err=err, at_once=at_once)
    if ran.code != 0:
        said = open(err).read() if err != os.devnull else ""
        raise Failed(f"code {ran.code}: {' '.join(map(str, words))}\n{said}")
    if err != os.devnull:
        os.remove(err)
    return ran


def in_turns(sides, rounds):
    """Each side once a round, the first to begin changing from round to round; a list of runs for each side."""
    runs = [[] for _ in sides]
    for number in range(rounds):
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        for side in order:
            runs[side].append(sides[side](number))
    return runs


def forget(paths):
    """Drops files from the page cache, and says how many MB of them are still held there afterwards."""
    os.sync()
    held = 0
    for path in paths:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            held += resident(file, size)
    return held / 1e6


def resident(file, size):
    """How many bytes of a file the page cache holds, by mincore(2)."""
    if size == 0:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    page = os.sysconf("SC_PAGE_SIZE")
    libc.mmap.restype = ctypes.c_void_p
    libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    libc.mincore.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p]
    at = libc.mmap(None, size, 1, 1, file.fileno(), 0)
    if at in (None, ctypes.c_void_p(-1).value):
        return 0
    pages = (size + page - 1) // page
    seen = ctypes.create_string_buffer(pages)
    failed = libc.mincore(at, size, seen)
    libc.munmap(at, size)
    return 0 if failed else sum(byte & 1 for byte in seen.raw) * page
