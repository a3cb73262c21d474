"""What the scripts share: calling cairn, and saying what was not as expected."""
import json
import subprocess
import sys


def cairn(*words, fails=None):
    """Runs `cairn`; with `fails`, it must end with 1 and say that."""
    done = subprocess.run(["cairn", *map(str, words)], capture_output=True, text=True)
    if fails is not None:
        assert done.returncode == 1, f"cairn {words} ended with {done.returncode}: {done.stdout}"
        assert fails in done.stderr, f"cairn {words} said {done.stderr!r}, expected {fails!r}"
        return done.stderr
    assert done.returncode == 0, f"cairn {words}: {done.stderr}"
    return done.stdout


def push(model, *paths):
    return json.loads(cairn("push", *paths, "--model", model, "--version", "auto", "--json"))


def done(name, count):
    print(f"{name}: {count} checks")
    sys.exit(0)
