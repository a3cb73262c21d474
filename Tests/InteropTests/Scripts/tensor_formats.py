"""Files of h5py and safetensors through Cairn and back into both packages: every array is equal."""
import json
import sys

import h5py
import numpy as np
from safetensors.numpy import load_file, save_file

from common import cairn, done, push

fixture = sys.argv[1]
random = np.random.default_rng(7)
checks = 0

arrays = {
    "layer.0.W": random.standard_normal((300, 70)).astype("f4"),
    "layer.0.b": random.standard_normal(70).astype("f8"),
    "half": random.standard_normal((5, 3)).astype("f2"),
    "steps": np.arange(11, dtype="i8"),
    "mask": np.array([True, False, True]),
    "scalar": np.array(2.5, "f4"),
    "empty": np.zeros((0, 4), "f4"),
}
save_file(arrays, "plain.safetensors")
with h5py.File("weights.h5", "w") as file:
    file["dense/W"] = random.standard_normal((40, 30)).astype("f4")
    file["dense/b"] = np.zeros(30, "f4")
    file.create_dataset(
        "conv/W", data=random.standard_normal((64, 8, 3)).astype("f4"), chunks=(8, 8, 3),
        compression="gzip", shuffle=True)
    file.create_dataset("chunked", data=np.arange(600).reshape(60, 10), chunks=(7, 10))
    file["big"] = np.arange(9, dtype=">f4")
    file["complex"] = np.array([1 + 2j, 3 - 4j], "c8")
    file["half"] = np.ones((2, 2), "f2")
    file["flags"] = np.array([True, False])
    file["name"] = "not a tensor"
with h5py.File("weights.h5") as file:
    stored = {}
    file.visititems(
        lambda name, item: stored.update({name: item[()]})
        if isinstance(item, h5py.Dataset) and name != "name" else None)

for model, path, want in [("plain", "plain.safetensors", arrays), ("hdf5", "weights.h5", stored)]:
    push(model, path)
    for kind in ["safetensors", "hdf5"]:
        out = f"{model}.out.{kind}"
        cairn("export", f"{model}@latest", "--format", kind, "--out", out)
        got = load_file(out) if kind == "safetensors" else h5py.File(out)
        names = set(got) if kind == "safetensors" else set()
        for name, array in want.items():
            copy = np.asarray(got[name][()])
            assert copy.dtype == array.dtype.newbyteorder("="), (name, copy.dtype, array.dtype)
            assert copy.shape == array.shape and np.array_equal(copy, array), name
            checks += 1
        assert not names - set(want), names - set(want)
    cairn("pull", f"{model}@latest", "--out", f"{model}.back")
    with open(path, "rb") as before, open(f"{model}.back/{path}", "rb") as after:
        assert before.read() == after.read()

# bfloat16 from PyTorch: HDF5 holds each as the float32 that is equal to it.
push("torch", fixture)
cairn("export", "torch@latest", "--format", "hdf5", "--out", "torch.h5")
cairn("export", "torch@latest", "--format", "safetensors", "--out", "torch.safetensors")
tensors = {t["name"]: t for t in json.loads(cairn("show", "torch@latest", "--tensors", "--json"))["tensors"]}
with open("torch.safetensors", "rb") as file, h5py.File("torch.h5") as h5:
    size = int.from_bytes(file.read(8), "little")
    header = json.loads(file.read(size))
    data = file.read()
    for name, tensor in tensors.items():
        if tensor["note"]:
            assert name not in header and name not in h5
            continue
        first, last = header[name]["data_offsets"]
        if tensor["dtype"] == "BF16":
            wide = np.frombuffer(data[first:last], "<u2").astype("u4") << 16
            assert np.array_equal(h5[name][()].view("u4").ravel(), wide)
            assert h5[name].attrs["cairn_dtype"] in ("BF16", b"BF16")
        else:
            flat = np.frombuffer(data[first:last], "<f4")
            assert np.array_equal(h5[name][()].ravel(), flat)
        checks += 1

# One tensor alone.
cairn("pull", "plain@latest", "--tensor", "layer.0.b", "--out", "one.safetensors")
assert set(load_file("one.safetensors")) == {"layer.0.b"}
cairn("pull", "plain@latest", "--tensor", "layer.0.c", "--out", "no", fails="did you mean 'layer.0.")

# Which tensors changed, and how far.
arrays["steps"][3] += 1
arrays["layer.0.W"] = arrays["layer.0.W"] * 1.5
arrays["new"] = np.ones(3, "f4")
del arrays["mask"]
save_file(arrays, "plain.safetensors")
push("plain", "plain.safetensors")
diff = json.loads(cairn("diff", "plain@v0.1.0", "plain@v0.2.0", "--json"))
changes = {t["name"]: t for t in diff["tensors"]}
assert changes["steps"]["changed_count"] == 1 and changes["steps"]["element_count"] == 11
assert abs(changes["layer.0.W"]["relative_distance"] - 0.5) < 1e-6
assert changes["new"]["change"] == "added" and changes["mask"]["change"] == "removed"
assert changes["half"]["change"] == "unchanged"
done("formats", checks + 5)
