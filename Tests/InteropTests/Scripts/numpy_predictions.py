"""Random predictions, as the real NumPy writes them and as JSON Lines, as one JSON object.

Usage: numpy_predictions.py SEED

Each case: the task, the data set (JSON Lines), the format, the file's bytes in hexadecimal, and the
same predictions as JSON Lines, whose numbers are those of the arrays. Cases with "fails" are files that
are refused.
"""
import io
import json
import pickle
import sys

import numpy as np

random = np.random.default_rng(int(sys.argv[1]))
cases = []

FLOATS = ["<f4", ">f4", "<f8", ">f8"]
WHOLES = ["|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8", "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8"]


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def add(task, truth, rows, arrays, alone=None):
    """`arrays` in both kinds of npz; with `alone`, that one array in all versions of npy."""
    def case(format, file):
        cases.append(dict(
            task=task, truth=lines(truth), rows=lines(rows), format=format, file=file.getvalue().hex()))

    for save in np.savez, np.savez_compressed:
        file = io.BytesIO()
        save(file, **arrays)
        case("npz", file)
    if alone is not None:
        for version in (1, 0), (2, 0), (3, 0):
            file = io.BytesIO()
            np.lib.format.write_array(file, arrays[alone], version=version)
            case("npy", file)


def ordered(array):
    """In rows, in columns, or a view of every second one, which NumPy copies."""
    how = random.integers(3)
    if how == 0:
        return np.ascontiguousarray(array)
    return np.asfortranarray(array) if how == 1 else np.repeat(array, 2, axis=0)[::2]


def plain(array):
    return array.tolist()


def probabilities(count, width, dtype):
    logits = random.normal(size=(count, width))
    values = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return ordered(values.astype(dtype))


NAMES = np.array(["cat", "Hündin", "狗", "x" * 300, "a,b"])


def offsets(lists, dtype="<i8"):
    return np.cumsum([0] + [len(one) for one in lists]).astype(dtype)


def multiclass():
    for dtype in FLOATS:
        count = int(random.integers(1, 40))
        truth = random.permutation(np.resize(NAMES, max(count, len(NAMES))))
        count = len(truth)
        names = random.permutation(NAMES)
        scores = probabilities(count, len(NAMES), dtype)
        rows = [{"scores": dict(zip(plain(names), row))} for row in plain(scores)]
        data = [{"label": name} for name in plain(truth)]
        add("multiclass", data, rows, dict(scores=scores, classes=names))
        order = random.permutation(count)
        ids = random.permutation(10 * count)[:count]
        data = [{"label": name, "id": int(ids[row])} for row, name in enumerate(plain(truth))]
        predicted = random.choice(NAMES, count)
        rows = [dict(id=int(ids[order[row]]), prediction=str(predicted[row])) for row in range(count)]
        add("multiclass", data, rows, dict(
            prediction=predicted, id=ids[order].astype(random.choice(["<i4", ">u8"])),
            extra=random.normal(size=(2, 3, 4))))
    for dtype in WHOLES:
        labels = random.integers(0, 100, size=30)
        predicted = random.permutation(labels).astype(dtype)
        add("multiclass", [{"label": int(one)} for one in labels],
            [{"prediction": int(one)} for one in predicted], dict(prediction=predicted), "prediction")
    latin = np.array([b"cat", b"dog", b"cat"])
    add("multiclass", [{"label": "cat"}, {"label": "dog"}, {"label": "cat"}],
        [{"prediction": one.decode()} for one in plain(latin)], dict(prediction=latin), "prediction")
    wide = probabilities(20, 10, "<f8")
    add("multiclass", [{"label": row % 10} for row in range(20)],
        [{"scores": row} for row in plain(wide)], dict(scores=wide), "scores")


def binary():
    for dtype in FLOATS + ["<f2"]:
        scores = random.uniform(size=25).astype(dtype)
        truth = np.resize([1, 0], 25)
        data = [{"label": int(one)} for one in truth]
        add("binary", data, [{"score": one} for one in plain(scores)], dict(score=scores), "score")
    both = probabilities(25, 2, "<f4")
    add("binary", data, [{"scores": row} for row in plain(both)], dict(scores=both), "scores")
    flags = random.uniform(size=25) < 0.5
    add("binary", [{"label": bool(one)} for one in np.resize([True, False], 25)],
        [{"prediction": one} for one in plain(flags)], dict(prediction=flags), "prediction")


def regression():
    for dtype in FLOATS + WHOLES:
        values = (100 * random.uniform(size=30)).astype(dtype)
        add("regression", [{"label": row} for row in range(30)],
            [{"prediction": one} for one in plain(values)], dict(prediction=values), "prediction")


def language_model():
    tokens = [-random.exponential(size=random.integers(0, 9)).astype("<f4") for _ in range(20)]
    correct = np.array([random.integers(0, len(one) + 1) for one in tokens], dtype="<u2")
    texts = random.choice(NAMES, 20)
    rows = [dict(log_probs=plain(one), correct_token_count=int(count), prediction=str(text))
            for one, count, text in zip(tokens, correct, texts)]
    add("language_model", [{"label": str(text)} for text in texts], rows, dict(
        log_probs=np.concatenate(tokens), log_probs_offsets=offsets(tokens),
        correct_token_count=correct, prediction=texts))
    sums = -random.exponential(size=20)
    rows = [dict(log_prob=one, token_count=7) for one in plain(sums)]
    add("language_model", [{"x": 1}] * 20, rows,
        dict(log_prob=sums, token_count=np.full(20, 7, dtype="|i1")))


def multilabel():
    truth = [plain(random.choice(NAMES, size=random.integers(1, 4), replace=False)) for _ in range(30)]
    truth[0] = plain(NAMES)
    data = [{"label": one} for one in truth]
    names = random.permutation(NAMES)
    matrix = ordered(random.uniform(size=(30, 5)) < 0.4)
    rows = [{"prediction": plain(names[row])} for row in matrix]
    add("multilabel", data, rows, dict(prediction=matrix, classes=names))
    scores = ordered(random.uniform(size=(30, 5)).astype(">f4"))
    rows = [{"scores": dict(zip(plain(names), row))} for row in plain(scores)]
    add("multilabel", data, rows, dict(scores=scores, classes=names))
    lists = [plain(random.permutation(one)) for one in truth]
    add("multilabel", data, [{"prediction": one} for one in lists], dict(
        prediction=np.array(sum(lists, [])), offsets=offsets(lists, "<u4")))


def others():
    lists = [plain(-random.exponential(size=4)) for _ in range(20)]
    data = [dict(label=int(random.integers(4)), choices=["a", "b", "cd", "é"]) for _ in lists]
    add("multiple_choice", data, [{"log_likelihoods": one} for one in lists],
        dict(log_likelihoods=ordered(np.array(lists))), "log_likelihoods")
    texts = random.choice(NAMES, 20)
    add("text_generation", [{"references": ["x", "y"]}] * 20,
        [{"prediction": one} for one in plain(texts)], dict(prediction=texts), "prediction")
    lists = [plain(random.normal(size=random.integers(1, 7))) for _ in range(20)]
    data = [{"label": [1.0] * len(one)} for one in lists]
    add("ranking", data, [{"scores": one} for one in lists],
        dict(scores=np.concatenate(lists), scores_offsets=offsets(lists)))
    drawn = random.integers(1, 20, size=20)
    passed = random.integers(0, drawn + 1)
    add("code", [{"id": row} for row in range(20)],
        [dict(drawn=n, passed=c) for n, c in zip(plain(drawn), plain(passed))],
        dict(drawn=drawn, passed=passed))
    latency, failed = random.exponential(size=20), random.uniform(size=20) < 0.1
    add("serving", [{"id": row} for row in range(20)],
        [dict(latency_ms=ms, failed=bad) for ms, bad in zip(plain(latency), plain(failed))],
        dict(latency_ms=latency, failed=failed))


def refused():
    def case(format, words, write):
        file = io.BytesIO()
        write(file)
        cases.append(dict(
            task="multiclass", truth=lines([{"label": "a"}, {"label": "b"}]), format=format,
            file=file.getvalue().hex(), fails=words))

    objects = np.array(["a", None], dtype=object)
    case("npy", "an array of Python objects", lambda file: np.save(file, objects, allow_pickle=True))
    case("npz", "an array of Python objects", lambda file: np.savez(file, prediction=objects))
    case("npy", "no NumPy array", lambda file: pickle.dump(objects, file))
    both = np.array([("a", 1.0), ("b", 0.5)], dtype=[("prediction", "U1"), ("score", "<f8")])
    case("npy", "a structured array", lambda file: np.save(file, both))
    case("npy", "dtype '<c16' is not read", lambda file: np.save(file, np.ones(2, dtype="<c16")))
    case("npy", "dtype '<M8[D]' is not read",
         lambda file: np.save(file, np.array(["2020-01-01", "2020-01-02"], dtype="<M8[D]")))
    case("npy", "the shape (2, 1, 1)", lambda file: np.save(file, np.ones((2, 1, 1))))
    case("npy", "the shape ()", lambda file: np.save(file, np.float64(1)))
    case("npy", "0 predictions for 2 examples", lambda file: np.save(file, np.array([], dtype="<U1")))


for make in multiclass, binary, regression, language_model, multilabel, others, refused:
    make()
json.dump(dict(cases=cases), sys.stdout)
