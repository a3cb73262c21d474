"""Models that the real DVC tracks: imported as they are and as they were, altered ones refused."""
import json
import os
import shutil
import subprocess
from pathlib import Path

from common import cairn, done

environment = {**os.environ, "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@t",
               "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@t"}


def run(*words):
    subprocess.run(words, check=True, env=environment, stdout=subprocess.DEVNULL)


def version(*words):
    pushed = json.loads(cairn("import", *words, "--model", "chat", "--json"))["version"]
    return json.loads(cairn("show", f"chat@v{pushed['number']}", "--json"))["version"]


def pulled(number, name):
    shutil.rmtree("back", ignore_errors=True)
    cairn("pull", f"chat@v{number}", "--out", "back")
    return Path("back", name).read_bytes()


run("git", "init", "-q", ".")
run("dvc", "init", "-q")
run("dvc", "remote", "add", "-q", "-d", "store", "../remote")
Path("models/tokens").mkdir(parents=True)
first, second = os.urandom(300_000), os.urandom(200_000)
Path("models/w.bin").write_bytes(first)
Path("models/tokens/a.txt").write_text("a\r\n")
Path("train.py").write_text("open('out.bin', 'wb').write(b'x' * 1000)\n")
Path("params.yaml").write_text("lr: 0.1\n")
run("dvc", "add", "-q", "models/w.bin", "models/tokens")
run("dvc", "stage", "add", "-q", "-n", "train", "-d", "train.py", "-p", "lr", "-o", "out.bin",
    "python3 train.py")
run("dvc", "repro", "-q")
run("dvc", "push", "-q")
run("git", "add", "-A")
run("git", "commit", "-qm", "one")
run("git", "tag", "v1")
commit = subprocess.check_output(["git", "rev-parse", "v1"], text=True).strip()
Path("models/w.bin").write_bytes(second)
run("dvc", "add", "-q", "models/w.bin")
run("git", "commit", "-qam", "two")

now = version("models/w.bin.dvc")
assert pulled(now["number"], "models/w.bin") == second
before = version("models/w.bin.dvc", "--rev", "v1")
assert pulled(before["number"], "models/w.bin") == first
assert before["code"]["commit"] == commit, before["code"]
folder = version("models/tokens.dvc")
assert pulled(folder["number"], "models/tokens/a.txt") == b"a\r\n"
stage = version("dvc.lock")
assert pulled(stage["number"], "out.bin") == b"x" * 1000
params = {p["key"]: p["value"] for p in stage["params"]}
assert params == {"lr": "0.1"}, params

# From the remote, where workspace and cache have nothing.
shutil.rmtree(".dvc/cache")
os.remove("models/w.bin")
again = version("models/w.bin.dvc", "--rev", "v1")
assert again["manifest_digest"] == before["manifest_digest"]

# DVC pulls an altered object without a word; here it is refused.
for path in Path("../remote/files/md5").glob("*/*"):
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
cairn("import", "models/w.bin.dvc", "--rev", "v1", "--model", "chat", fails="it was altered")
cairn("import", "models/w.bin.dvc", "--rev", "v9", "--model", "chat", fails="Git has no")
shutil.rmtree("../remote")
cairn("import", "models/w.bin.dvc", "--rev", "v1", "--model", "chat", fails="run `dvc fetch`")
done("dvc", 9)
