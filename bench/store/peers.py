"""What Cairn's store is measured against: each adds versions to a repository and gives them back."""

import os
import pathlib
import shutil
import subprocess
import sys

import numpy as np

CORPUS = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path()


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, **options)
    if result.returncode != 0:
        tail = (result.stderr or result.stdout).decode(errors="replace").strip()[-400:]
        raise RuntimeError(f"{' '.join(map(str, command[:3]))}: {tail}")
    return result.stdout.decode()


def size_of(folder: pathlib.Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


class Peer:
    """One repository in `folder`; `series` is what the versions belong to."""

    name = ""
    programs: tuple[str, ...] = ()

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        folder.mkdir(parents=True)
        self.open()
        self.empty = self.stored()

    @classmethod
    def missing(cls) -> str:
        lacking = [p for p in cls.programs if shutil.which(p) is None]
        return f"not installed: {', '.join(lacking)}" if lacking else ""

    def open(self): ...
    def close(self): ...
    def add(self, series: str, version: int, source: pathlib.Path): ...
    def restore(self, series: str, version: int, out: pathlib.Path): ...

    def add_all(self, series: str, source: pathlib.Path):
        """Every version in one call; by default one after the other."""
        for version in range(len(list(source.iterdir()))):
            self.add(series, version, source / f"v{version}")

    def restore_all(self, series: str, count: int, out: pathlib.Path):
        for version in range(count):
            self.restore(series, version, out / f"v{version}")

    def stored(self) -> int:
        return size_of(self.folder)


class Copy(Peer):
    name = "cp"
    sync = False

    def add(self, series, version, source):
        target = self.folder / f"{series}-{version}"
        run("cp", "-r", source, target)
        if self.sync:
            run("sync", *[str(f) for f in target.rglob("*")], target, self.folder)

    def restore(self, series, version, out):
        out.parent.mkdir(parents=True, exist_ok=True)
        run("cp", "-r", self.folder / f"{series}-{version}", out)


class SyncedCopy(Copy):
    name = "cp + fsync"
    sync = True


class Zstd(Peer):
    name = "zstd -3 -T2"
    programs = ("zstd",)

    def add(self, series, version, source):
        target = self.folder / f"{series}-{version}"
        target.mkdir()
        for file in source.iterdir():
            run("zstd", "-q", "-3", "-T2", file, "-o", target / file.name)

    def restore(self, series, version, out):
        out.mkdir(parents=True)
        for file in (self.folder / f"{series}-{version}").iterdir():
            run("zstd", "-q", "-d", file, "-o", out / file.name)


class Restic(Peer):
    name = "restic"
    programs = ("restic",)

    def call(self, *words, **options):
        env = os.environ | {"RESTIC_PASSWORD": "x", "RESTIC_CACHE_DIR": str(self.folder / "../cache")}
        return run("restic", "-q", "-r", self.folder / "repo", *words, env=env, **options)

    def open(self):
        self.call("init")

    def add(self, series, version, source):
        self.call("backup", "--tag", f"{series}-{version}", ".", cwd=source)

    def restore(self, series, version, out):
        self.call("restore", "latest", "--tag", f"{series}-{version}", "--target", out)

    def add_all(self, series, source):
        self.call("backup", "--tag", series, ".", cwd=source)

    def restore_all(self, series, count, out):
        self.call("restore", "latest", "--tag", series, "--target", out)


class Borg(Peer):
    name = "borg, lz4"
    programs = ("borg",)

    def call(self, *words, **options):
        env = os.environ | {
            "BORG_BASE_DIR": str((self.folder / "../borg-home").resolve()),
            "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes",
            "BORG_RELOCATED_REPO_ACCESS_IS_OK": "yes",
        }
        return run("borg", *words, env=env, **options)

    def open(self):
        self.call("init", "-e", "none", self.folder / "repo")

    def add(self, series, version, source):
        self.call("create", "-C", "lz4", f"{self.folder / 'repo'}::{series}-{version}", ".", cwd=source)

    def restore(self, series, version, out):
        out.mkdir(parents=True)
        self.call("extract", f"{self.folder / 'repo'}::{series}-{version}", cwd=out)

    def add_all(self, series, source):
        self.add(series, "all", source)

    def restore_all(self, series, count, out):
        self.restore(series, "all", out)


class Dvc(Peer):
    """A Git repository with one tracked folder, and a remote on the same disk."""

    name = "DVC, add + push"
    programs = ("dvc", "git")

    def git(self, *words):
        return run("git", "-c", "user.name=b", "-c", "user.email=b@localhost", *words, cwd=self.work)

    def open(self):
        self.work = self.folder / "../dvc-work"
        self.work.mkdir()
        self.git("init", "-q")
        run("dvc", "init", "-q", cwd=self.work)
        run("dvc", "remote", "add", "-q", "-d", "r", (self.folder / "remote").resolve(), cwd=self.work)

    def add(self, series, version, source):
        shutil.rmtree(self.work / series, ignore_errors=True)
        shutil.copytree(source, self.work / series)
        run("dvc", "add", "-q", series, cwd=self.work)
        run("dvc", "push", "-q", cwd=self.work)
        self.git("add", "-A")
        self.git("commit", "-qm", f"{series}-{version}")
        self.git("tag", f"{series}-{version}")

    def restore(self, series, version, out):
        self.git("checkout", "-q", f"{series}-{version}")
        shutil.rmtree(self.work / ".dvc/cache", ignore_errors=True)
        run("dvc", "pull", "-q", "--force", series + ".dvc", cwd=self.work)
        out.parent.mkdir(parents=True, exist_ok=True)
        run("cp", "-r", self.work / series, out)


class ZipNN(Peer):
    """In this process: it pays neither a start nor a sync."""

    name = "zipnn"

    @classmethod
    def missing(cls):
        try:
            import zipnn  # noqa: F401
        except ImportError as error:
            return str(error)
        return ""

    def coder(self, source):
        from zipnn import ZipNN as Coder

        kind = "bfloat16" if "bf16" in str(source) else "float32"
        return Coder(bytearray_dtype=kind, input_format="byte", threads=2)

    def add(self, series, version, source):
        for file in source.iterdir():
            packed = self.coder(source).compress(file.read_bytes())
            (self.folder / f"{series}-{version}-{file.name}").write_bytes(packed)

    def restore(self, series, version, out):
        out.mkdir(parents=True)
        prefix = f"{series}-{version}-"
        for file in self.folder.glob(prefix + "*"):
            (out / file.name.removeprefix(prefix)).write_bytes(
                bytes(self.coder(series).decompress(file.read_bytes())))


class Lmz(Peer):
    """One archive that versions are appended to; it codes tensors against those before."""

    name = "lmz, append"
    programs = ("lmz",)

    def add(self, series, version, source):
        # Members are named by their path below the input.
        stage = self.folder / "../lmz-stage"
        shutil.rmtree(stage, ignore_errors=True)
        shutil.copytree(source, stage / f"v{version}", copy_function=os.link)
        archive = self.folder / f"{series}.lmz"
        run("lmz", *(["append", "-q", archive, stage] if archive.exists()
                     else ["compress", "-q", stage, archive]))

    def restore(self, series, version, out):
        out.mkdir(parents=True)
        archive = self.folder / f"{series}.lmz"
        for name in (line.split()[0] for line in run("lmz", "info", archive).splitlines()
                     if line.startswith(f"  v{version}/")):
            run("lmz", "extract", "-q", archive, name, out / pathlib.Path(name).name)


class Glyd(Peer):
    """In this process: it pays neither a start nor a sync."""

    name = "glyd Store"

    @classmethod
    def missing(cls):
        try:
            import glyd  # noqa: F401
        except (ImportError, OSError) as error:
            return str(error)
        return ""

    def open(self):
        import glyd

        self.store = glyd.Store(self.folder)

    def add(self, series, version, source):
        for file in source.iterdir():
            self.store.put(f"{series}-{version}/{file.name}", file.read_bytes())
        self.store.flush()

    def restore(self, series, version, out):
        out.mkdir(parents=True)
        prefix = f"{series}-{version}/"
        for file in (CORPUS / series / f"v{version}").iterdir():
            data = self.store.get(self.store.id_of(prefix + file.name))
            (out / file.name).write_bytes(data)


class BitX(Peer):
    """The recipe of ZipLLM's paper, by its description: XOR with the version before, exponents apart
    from signs and mantissas, each by zstd -3; the first version by zstd -3. In this process."""

    name = "BitX recipe"

    @classmethod
    def missing(cls):
        try:
            import zstandard  # noqa: F401
        except ImportError as error:
            return str(error)
        return ""

    def open(self):
        import zstandard

        self.coder, self.decoder = zstandard.ZstdCompressor(level=3), zstandard.ZstdDecompressor()
        self.last = {}

    def planes(self, bits, width):
        """Exponents as bytes, all else beside them."""
        kind, mantissa = (np.uint16, 7) if width == 2 else (np.uint32, 23)
        words = bits.view(kind)
        exponent = (words >> mantissa & 0xFF).astype(np.uint8)
        rest = words & kind(~(0xFF << mantissa) & (1 << 8 * width) - 1)
        if width == 2:
            return exponent, (rest & 0x7F | rest >> 8).astype(np.uint8)
        return exponent, rest

    def add(self, series, version, source):
        width = 2 if "bf16" in series else 4
        for file in source.iterdir():
            data = np.fromfile(file, np.uint8)
            before = self.last.get((series, file.name))
            self.last[series, file.name] = data
            target = self.folder / f"{series}-{version}-{file.name}"
            if before is None or len(before) != len(data):
                target.write_bytes(self.coder.compress(data.tobytes()))
                continue
            cut = len(data) // width * width
            exponent, rest = self.planes(data[:cut] ^ before[:cut], width)
            parts = [exponent.tobytes(), rest.tobytes(), data[cut:].tobytes()]
            target.write_bytes(b"".join(self.coder.compress(p) for p in parts))

    def restore(self, series, version, out):
        # Only its bytes and its encoding are compared with: what it codes is in memory still.
        out.mkdir(parents=True)
        for file in (CORPUS / series / f"v{version}").iterdir():
            shutil.copy(file, out / file.name)


class Cairn(Peer):
    """Over TCP, each version durable before the next begins."""

    name = "Cairn"

    def call(self, *words):
        return run(self.programs_folder / "cairn", *words, env=self.env)

    def open(self):
        self.programs_folder = pathlib.Path(
            os.environ.get("CAIRN_PROGRAMS", ".build/release")).resolve()
        self.env = os.environ | {"HOME": str((self.folder / "../home").resolve())}
        port = os.environ.get("CAIRN_PORT_BASE", "27700")
        self.call("up", "--data", self.folder, "--port-base", port)

    def close(self):
        self.call("down", "--data", self.folder)

    def stored(self):
        return size_of(self.folder / "ingest")

    def add(self, series, version, source):
        self.call("push", source, "--model", series, "--version", f"0.{version + 1}.0")

    def restore(self, series, version, out):
        self.call("pull", f"{series}@0.{version + 1}.0", "--out", out)


ALL = [Cairn, Copy, SyncedCopy, Zstd, Restic, Borg, Dvc, ZipNN, Lmz, Glyd, BitX]


def available() -> tuple[list[type[Peer]], dict[str, str]]:
    lacking = {peer.name: peer.missing() for peer in ALL}
    for name, why in lacking.items():
        if why:
            print(f"bench-store: without {name}: {why}", file=sys.stderr)
    return [p for p in ALL if not lacking[p.name]], {n: w for n, w in lacking.items() if w}
