"""The canary judge: the repaired rule and the exact shift interval, written out a second time."""

import math
from collections import Counter

import numpy

import rank_tests
import special_functions as special
from common import mpf, mpmath as mp, normals

DEFAULTS = {
    "tolerance": 0.25, "confidence": 0.95, "effect_low": 1.0, "effect_high": 1.0,
    "critical_low": 1.0, "critical_high": 1.0, "effect_measure": "meanRatio",
    "direction": "either", "nan_strategy": "remove", "critical": False, "data_required": False,
}


def shift_interval(a, b, confidence):
    """The step function of the shift is constant between differences: it is evaluated in the middle
    of every step, and a bound is the difference after which it has fallen to its level."""
    differences = sorted(x - y for x in a for y in b)
    n1, n2 = len(a), len(b)
    n = n1 + n2
    ties = sum(t**3 - t for sample in (a, b) for t in Counter(sample).values())
    deviation = math.sqrt(n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1))))
    z = float(special.normal_quantile(1 - (1 - mpf(confidence)) / 2))
    above = lambda k: len(differences) - k

    def crossing(level):
        # Just right of the k-th difference, `above` of the differences are larger.
        for k, difference in enumerate(differences, 1):
            gap = above(k) - n1 * n2 / 2
            score = (gap - math.copysign(0.5, gap) if gap else 0.0) / deviation
            if score <= level and (k == len(differences) or differences[k] > difference):
                return difference
        return math.inf

    return crossing(z), crossing(0.0), crossing(-z)


def mean_ratio(a, b):
    ma, mb = mp.fsum(map(mpf, a)) / len(a), mp.fsum(map(mpf, b)) / len(b)
    return math.nan if ma == 0 or mb == 0 else ma / mb


def classify(a, b, rule):
    """The p-value rule. Answers the class, whether it is critical, and the effect."""
    nan = [[math.isnan(x) for x in sample] for sample in (a, b)]
    replaces = rule["nan_strategy"] == "replace"
    a, b = (
        [0.0 if gone and replaces else x for x, gone in zip(sample, mask) if replaces or not gone]
        for sample, mask in zip((a, b), nan))
    if not a or not b:
        if replaces:
            return "Pass", False, None
        return ("NodataFail" if rule["data_required"] else "Nodata"), rule["critical"], None
    p = rank_tests.mann_whitney(a, b) if len(set(a + b)) > 1 else None
    is_same = p is None or Counter(a) == Counter(b)
    ratio = 1.0 if is_same else mean_ratio(a, b)
    if rule["effect_measure"] == "cles":
        ratio = sum((x > y) + (x == y) / 2 for x in a for y in b) / (len(a) * len(b))
    level = (1 - rule["confidence"]) / 2
    passes = lambda limit, high: math.isnan(ratio) or (ratio >= limit if high else ratio <= limit)
    if not is_same and rule["direction"] != "decrease" and passes(rule["effect_high"], True):
        if p["asymptotic_cc_p_greater"] < level:
            return "High", rule["critical"] and passes(rule["critical_high"], True), ratio
    if not is_same and rule["direction"] != "increase" and passes(rule["effect_low"], False):
        if p["asymptotic_cc_p_less"] < level:
            return "Low", rule["critical"] and passes(rule["critical_low"], False), ratio
    return "Pass", False, ratio


def make(cases):
    """The kind `canary_judge` of statistics.json."""
    random = cases.random("canary")
    gamma = lambda n, scale: [round(random.gammavariate(4, scale), 6) for _ in range(n)]
    rates = lambda n, rate: [
        sum(random.random() < rate for _ in range(200)) / 200 for _ in range(n)]
    for a, b, direction, allowed in [
        (gamma(30, 2.5), gamma(30, 2.5), "either", (1.05, 0.95)),
        (gamma(30, 4.0), gamma(30, 2.5), "increase", (1.05, 0.95)),
        (gamma(25, 1.5), gamma(40, 2.5), "either", (1.05, 0.95)),
        (gamma(12, 5.0), gamma(10, 2.0), "decrease", (1.2, 0.8)),
        (gamma(40, 2.9), gamma(40, 2.5), "increase", (2.0, 0.5)),
        (rates(60, 0.004), rates(60, 0.001), "increase", (1.05, 0.95)),
        (rates(30, 0.02), rates(30, 0.02), "either", (1.05, 0.95)),
        ([0.0] * 20, rates(20, 0.03), "either", (1.05, 0.95)),
    ]:
        confidence, tolerance = 0.98, 0.25
        rule = DEFAULTS | {
            "direction": direction, "confidence": confidence, "effect_high": allowed[0],
            "effect_low": allowed[1],
        }
        judged = classify(a, b, rule)[0]
        low, estimate, high = shift_interval(a, b, confidence)
        p = rank_tests.mann_whitney(a, b)
        ratio, shifted = mean_ratio(a, b), "pass"
        margin = tolerance * abs(estimate)
        passes = lambda limit, up: math.isnan(ratio) or (ratio >= limit if up else ratio <= limit)
        if low > margin and direction != "decrease" and passes(allowed[0], True):
            shifted = "high"
        elif high < -margin and direction != "increase" and passes(allowed[1], False):
            shifted = "low"
        input = {
            "canary": a, "control": b, "direction": direction, "tolerance": tolerance,
            "confidence": confidence, "allowed_increase": allowed[0],
            "allowed_decrease": allowed[1],
        }
        expect = {
            "class": judged.lower(), "class_shift_rule": shifted,
            "p_greater": p["asymptotic_cc_p_greater"], "p_less": p["asymptotic_cc_p_less"],
            "a12": p["U1"] / (len(a) * len(b)), "shift_low": low, "shift_estimate": estimate,
            "shift_high": high, "mean_ratio": ratio,
        }
        cases.add("canary_judge", input, expect, 1e-6)


def score(metrics, weights):
    """The summary score, by `score_rules` of kayenta-judge.json."""
    groups = {}
    for metric in metrics:
        groups.setdefault(metric["group"], []).append(metric["class"])
    if any(metric["critical"] and metric["class"] != "Pass" for metric in metrics):
        return 0.0
    if 2 * sum(metric["class"] == "Nodata" for metric in metrics) >= len(metrics):
        return 0.0
    given = {name: weights[name] for name in groups if name in weights}
    rest = len(groups) - len(given)
    share = (100 - sum(given.values())) / rest if rest else 0
    total = 0.0
    for name, classes in groups.items():
        judged = [c for c in classes if c != "Nodata"]
        points = 100 * judged.count("Pass") / len(judged) if judged else 100
        total += points * given.get(name, share) / 100
    return math.floor(total * 100 + 0.5) / 100


def judge_facts(cases):
    """New facts in the shape of kayenta-judge.json."""
    random = cases.random("kayenta")
    facts = {"source": "cases of our own by the rules stated in statistics.md section 5"}
    facts |= {"defaults": DEFAULTS, "classifier": [], "mann_whitney_interval": [], "scorer": []}
    facts |= {"statistics": [], "outliers": [], "transforms": []}
    for index in range(40):
        n1, n2 = random.choice([(12, 12), (30, 25), (8, 60)])
        factor = random.choice([1.0, 1.0, 1.6, 0.5, 6.0])
        a, b = normals(random, n1, 10 * factor, 2), normals(random, n2, 10, 2)
        if index % 5 == 1:
            a, b = [float(round(x / 4)) for x in a], [float(round(x / 4)) for x in b]
        if index % 7 == 2:
            a = a + [math.nan, math.nan]
        if index % 9 == 3:
            a = []
        given = {
            "confidence": random.choice([0.9, 0.95, 0.98]),
            "direction": random.choice(["either", "increase", "decrease"]),
            "nan_strategy": random.choice(["remove", "replace"]),
            "effect_measure": random.choice(["meanRatio", "cles"]),
            "critical": random.random() < 0.5, "data_required": random.random() < 0.5,
        }
        is_ratio = given["effect_measure"] == "meanRatio"
        given |= {
            "effect_high": 1.2 if is_ratio else 0.6, "effect_low": 0.8 if is_ratio else 0.4,
            "critical_high": 2.0 if is_ratio else 0.9, "critical_low": 0.6 if is_ratio else 0.1,
        }
        metric_class, is_critical, _ = classify(a, b, DEFAULTS | given)
        fact = {"name": f"own {index}", "canary": a, "baseline": b, "classifier": "mann_whitney"}
        fact["expect"] = {"class": metric_class, "critical": bool(is_critical)}
        facts["classifier"].append(fact | given)
    for index, confidence in enumerate([0.9, 0.95, 0.98]):
        a, b = normals(random, 20, 1, 1), normals(random, 26, 0, 1)
        low, estimate, high = shift_interval(a, b, confidence)
        facts["mann_whitney_interval"].append({
            "name": f"own {index}", "canary": a, "baseline": b, "confidence": confidence,
            "expect": {"low": low, "high": high, "estimate": estimate}})
    for index in range(30):
        names = [f"group{k}" for k in range(random.randint(1, 3))]
        metrics = [
            {"class": random.choice(["Pass", "Pass", "Pass", "High", "Low", "Nodata"]),
             "group": random.choice(names), "critical": random.random() < 0.1}
            for _ in range(random.randint(1, 7))]
        present = sorted({metric["group"] for metric in metrics})
        weights = {}
        if index % 3 == 1 and len(present) > 1:
            weights = {present[0]: 40.0}
        if index % 3 == 2:
            weights = dict(zip(present, {1: [100.0], 2: [30.0, 70.0], 3: [25.0, 25.0, 50.0]}[
                len(present)]))
        expect = {"summary_score": score(metrics, weights)}
        fact = {"name": f"own {index}", "group_weights": weights, "metrics": metrics}
        facts["scorer"].append(fact | {"expect": expect})
    for index in range(6):
        x, p = normals(random, 9 + index, 3, 5), random.choice([5, 25, 50, 75, 90, 99])
        facts["statistics"].append({
            "name": f"own {index}", "kind": "percentile_type7", "x": x, "p": p,
            "expect": numpy.percentile(x, p), "abs_tol": 1e-9})
        a, b = normals(random, 8, 4, 1), normals(random, 5, 3, 1)
        wins = sum((one > other) + (one == other) / 2 for one in a for other in b) / 40
        for kind, want in [("mean_ratio", mean_ratio(a, b)), ("cles", wins)]:
            facts["statistics"].append({
                "name": f"own {index}", "kind": kind, "canary": a, "baseline": b,
                "expect": want, "abs_tol": 1e-9})
    for index in range(6):
        kind, factor = ("iqr", "ksigma")[index % 2], 1.5 + index / 4
        x = normals(random, 20, 10, 1, 3) + [30.0, -12.5]
        if kind == "iqr":
            low, high = numpy.percentile(x, [25, 75])
            low, high = low - factor * (high - low), high + factor * (high - low)
        else:
            low, high = (numpy.mean(x) + sign * factor * numpy.std(x) for sign in (-1, 1))
        outside = [value < low or value > high for value in x]
        facts["outliers"].append(
            {"name": f"own {index}", "kind": kind, "factor": factor, "x": x, "expect": outside})
        facts["transforms"].append({
            "name": f"own {index}", "op": f"remove_outliers_{kind}", "factor": factor, "x": x,
            "expect": [value for value, gone in zip(x, outside) if not gone]})
    x = [math.nan, 4.0, 0.0, math.nan]
    for op, expect in [("remove_nan", [4.0, 0.0]), ("replace_nan", [0.0, 4.0, 0.0, 0.0])]:
        facts["transforms"].append({"name": op, "op": op, "x": x, "expect": expect})
    return facts
