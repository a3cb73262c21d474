"""Draws inputs for metrics.json; what is expected of them comes from the makers beside."""

import math

import numpy
from sklearn import datasets, linear_model, neighbors, tree

import metrics_numbers as numbers
import texts

SMALL = dict(rel=1e-9, absolute=1e-12)
CLIPPED = dict(rel=1e-7, absolute=1e-12)


def shared_data(rng):
    """Real predictions that several cases read: name to fields."""
    def classified(bunch, model, n):
        x, y = bunch(return_X_y=True)
        order = rng.permutation(len(y))
        half = len(y) // 2
        model.fit(x[order[:half]], y[order[:half]])
        test = order[half:half + n]
        return {
            "y": y[test], "pred": model.predict(x[test]), "classes": model.classes_,
            "prob": numpy.round(model.predict_proba(x[test]), 6),
        }

    def fitted(model, n):
        x, t = datasets.load_diabetes(return_X_y=True)
        order = rng.permutation(len(t))
        model.fit(x[order[:220]], t[order[:220]])
        return {"t": t[order[220:220 + n]], "pred": numpy.round(model.predict(x[order[220:220 + n]]), 4)}

    data = {
        "wine": classified(datasets.load_wine, neighbors.KNeighborsClassifier(7), 80),
        "digits_tree": classified(datasets.load_digits, tree.DecisionTreeClassifier(max_depth=6), 400),
        "cancer_knn": classified(datasets.load_breast_cancer, neighbors.KNeighborsClassifier(9), 250),
        "diabetes_ridge": fitted(linear_model.Ridge(), 200),
    }
    return {name: {key: value.tolist() for key, value in fields.items()}
            for name, fields in data.items()}


def make(cases, data):
    random = cases.random("metrics")
    rng = numpy.random.default_rng(random.getrandbits(64))

    def add(kind, input, options=None, name=None, tolerance=SMALL, note=None):
        whole = data.get(name, {}) | input
        expect = getattr(numbers, kind)(whole, options or {})
        more = {"data": name} if name else {}
        if options:
            more["options"] = options
        cases.add(kind, input, expect, tolerance["rel"], tolerance["absolute"], note, **more)

    def refuse(kind, input, status, options=None):
        more = {"options": options} if options else {}
        cases.add(kind, input, {"status": status}, 1e-9, 1e-12, **more)

    make_classes(add, refuse, random, rng)
    make_probabilities(add, refuse, random, rng)
    make_regression(add, refuse, random, rng)
    make_language(add, refuse, random, rng)
    make_rankings(add, refuse, random, rng)
    texts.make(cases, random)


def make_classes(add, refuse, random, rng):
    for name in ["wine", "digits_tree", "cancer_knn"]:
        add("classification", {}, name=name)
    for count, classes, right in [(70, 5, 0.6), (200, 2, 0.8), (33, 9, 0.3), (12, 3, 0.9), (500, 30, 0.5)]:
        y = rng.integers(0, classes, count)
        pred = numpy.where(rng.random(count) < right, y, rng.integers(0, classes, count))
        y, pred = y.tolist(), pred.tolist()
        add("classification", {"y": y, "pred": pred})
        weight = numpy.round(rng.random(count) * 3, 3).tolist()
        add("classification", {"y": y, "pred": pred, "weight": weight})
        labels = sorted(set(y))[: max(2, classes // 2)]
        add("classification", {"y": y, "pred": pred}, {"labels": labels})
    for zero in [0.0, 1.0, "NaN"]:
        add("classification", {"y": [3, 3, 1, 7, 7, 7], "pred": [3, 9, 1, 1, 9, 3]}, {"zero_division": zero})
        add("classification", {"y": [0, 1], "pred": [1, 0]}, {"zero_division": zero})
    add("classification", {"y": [4] * 6, "pred": [4] * 6})
    add("classification", {"y": [-100, 2**31 - 1, 0, 0], "pred": [2**31 - 1, 0, 0, -100]})
    add("classification", {"y": [1, 0, 0], "pred": [0, 0, 0], "weight": [0.0, 1.0, 2.0]})
    refuse("classification", {"y": [], "pred": []}, "insufficient_data")
    refuse("classification", {"y": [1], "pred": [1, 2]}, "invalid_input")
    for rows, labels, rate in [(40, 3, 0.4), (25, 7, 0.15), (60, 2, 0.8)]:
        y = (rng.random((rows, labels)) < rate).astype(int)
        pred = numpy.where(rng.random((rows, labels)) < 0.8, y, 1 - y)
        add("multilabel", {"y": y.tolist(), "pred": pred.tolist()}, {"zero_division": 0.0})


def make_probabilities(add, refuse, random, rng):
    for kind, names in [("binary_probability", ["cancer_knn"]),
                        ("multiclass_probability", ["wine", "digits_tree"])]:
        for name in names:
            add(kind, {}, name=name, tolerance=CLIPPED)
    for count, digits in [(60, 6), (300, 6), (150, 1), (90, 2), (2000, 4)]:
        y = (rng.random(count) < 0.4).astype(int).tolist()
        prob = [round(min(1.0, max(0.0, random.gauss(0.35 + 0.3 * one, 0.2))), digits) for one in y]
        # float32 edges of the calibration's peer do not matter here: the bins are k/B in float64.
        add("binary_probability", {"y": y, "prob": prob}, tolerance=CLIPPED)
        weight = numpy.round(rng.random(count) + 0.01, 3).tolist()
        add("binary_probability", {"y": y, "prob": prob, "weight": weight}, tolerance=CLIPPED)
    for y, prob in [([1, 0, 1], [0.0, 0.0, 1.0]), ([0, 0], [0.5, 1.0]), ([1], [0.25]),
                    ([1, 0, 0, 1], [0.3, 0.3, 0.3, 0.3]), ([0, 1], [1e-300, 5e-324])]:
        add("binary_probability", {"y": y, "prob": prob}, tolerance=CLIPPED)
    for prob in [[0.5, math.nan], [0.5, 1.0000001], [-1e-9, 0.5], [math.inf, 0.5]]:
        refuse("binary_probability", {"y": [0, 1], "prob": prob}, "invalid_input")
    refuse("binary_probability", {"y": [0, 1], "prob": [0.5]}, "invalid_input")
    for count, digits in [(40, 0), (300, 5), (700, 1)]:
        y = (rng.random(count) < 0.3).astype(int).tolist()
        y[0], y[1] = 0, 1
        score = [round(random.gauss(one, 2), digits) for one in y]
        add("binary_score", {"y": y, "score": score})
    odd = [math.inf, -math.inf, 0.0, -0.0, 1e-310, -1e308, 1e308, math.inf, -0.0]
    add("binary_score", {"y": [1, 0, 1, 0, 0, 1, 1, 0, 1], "score": odd})
    for count, classes, digits in [(50, 3, 6), (200, 6, 6), (80, 4, 1), (400, 12, 3)]:
        y = rng.integers(0, classes, count)
        logits = rng.normal(size=(count, classes)) + 1.2 * numpy.eye(classes)[y]
        prob = numpy.exp(logits) / numpy.exp(logits).sum(axis=1, keepdims=True)
        rows = numpy.round(prob, digits).tolist()
        add("multiclass_probability", {"y": y.tolist(), "prob": rows}, tolerance=CLIPPED)


def make_regression(add, refuse, random, rng):
    add("regression", {}, name="diabetes_ridge")
    for count, scale, noise, digits in [(50, 4, 1, 3), (300, 100, 40, 2), (25, 1, 0.4, 1), (2, 3, 1, 3)]:
        t = numpy.round(rng.normal(size=count) * scale, digits)
        pred = numpy.round(t + rng.normal(size=count) * noise, digits)
        t, pred = t.tolist(), pred.tolist()
        add("regression", {"t": t, "pred": pred})
        weight = numpy.round(rng.random(count) + 0.05, 3).tolist()
        add("regression", {"t": t, "pred": pred, "weight": weight})
    positive = [round(random.expovariate(0.2), 3) for _ in range(60)]
    close = [round(value * math.exp(random.gauss(0, 0.2)), 3) for value in positive]
    add("regression", {"t": positive, "pred": close})
    add("regression", {"t": [2.5] * 4, "pred": [2.5, 2.5, 2.5, 3.0]})
    add("regression", {"t": [1.0, 2.0, 3.0], "pred": [7.0, 7.0, 7.0]})
    add("regression", {"t": [0.0, 0.0, 2.0], "pred": [0.0, 0.5, 2.0]})
    add("regression", {"t": [9.0], "pred": [9.0]})
    offset = [1e7 + k / 1024 for k in range(40)]
    add("regression", {"t": offset, "pred": [x + random.randint(-3, 3) / 2048 for x in offset]},
        tolerance=CLIPPED)
    refuse("regression", {"t": [1.0, math.nan], "pred": [1.0, 2.0]}, "invalid_input")
    refuse("regression", {"t": [1.0], "pred": [1.0, 2.0]}, "invalid_input")
    refuse("regression", {"t": [], "pred": []}, "insufficient_data")


def make_language(add, refuse, random, rng):
    for documents in [1, 4, 25]:
        sizes = [random.randint(1, 60) for _ in range(documents)]
        logs = [[round(-random.expovariate(0.4), 5) for _ in range(size)] for size in sizes]
        add("language_model", {
            "logprobs": logs, "bytes": [4 * size + 1 for size in sizes],
            "words": [max(1, size // 2) for size in sizes]})
    add("language_model", {"logprobs": [[-2.5], ["-Infinity"]], "bytes": [3, 2], "words": [1, 1]})
    refuse("language_model", {"logprobs": [], "bytes": [], "words": []}, "insufficient_data")
    for rows, width, scale in [(15, 6, 2), (40, 50, 5), (8, 9, 900)]:
        logits = numpy.round(rng.normal(size=(rows, width)) * scale, 3).tolist()
        target = [int(numpy.argmax(row)) if random.random() < 0.4 else random.randrange(width)
                  for row in logits]
        target[1] = -100
        add("token_logits", {"logits": logits, "target": target})
    for rows, choices in [(12, 4), (40, 5)]:
        logs = [[round(-random.expovariate(0.1), 3) for _ in range(choices)] for _ in range(rows)]
        sizes = [[random.randint(2, 40) for _ in range(choices)] for _ in range(rows)]
        gold = [random.randrange(choices) for _ in range(rows)]
        add("multiple_choice", {"loglikelihoods": logs, "choice_bytes": sizes, "gold": gold})


def make_rankings(add, refuse, random, rng):
    for k, drawn in [(1, [8, 9, 30]), (7, [10, 100, 20]), (100, [200, 150]), (2, [2, 3, 4])]:
        add("pass_at_k", {"n": drawn, "c": [random.randint(0, n) for n in drawn]}, {"k": k})
    for n, c, k in [([3], [4], 1), ([3], [-1], 1), ([4, 2], [1, 1], 3)]:
        refuse("pass_at_k", {"n": n, "c": c}, "invalid_input", {"k": k})
    for queries, documents, top, digits in [(6, 15, 3, 5), (20, 8, 1, 5), (5, 30, 2, 1), (4, 12, 4, 0)]:
        relevance = rng.integers(0, top + 1, (queries, documents))
        relevance[rng.random((queries, documents)) < 0.5] = 0
        relevance[:, 0] = 1
        score = numpy.round(rng.random((queries, documents)), digits).tolist()
        add("ranking", {"relevance": relevance.tolist(), "score": score})
    for count in [2, 40, 1000]:
        add("serving", {
            "latency_ms": [round(random.lognormvariate(4, 0.7), 3) for _ in range(count)],
            "tokens": [random.randint(0, 300) for _ in range(count)],
            "error": [int(random.random() < 0.05) for _ in range(count)],
            "wall_seconds": round(random.uniform(1, 60), 3)})
