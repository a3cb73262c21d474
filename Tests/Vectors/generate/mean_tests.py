"""t tests, effect sizes and quantiles on exact sums of the doubles given."""

import math

import numpy
from scipy import stats

import special_functions as special
from common import mpf, mpmath as mp, normals


def moments(values):
    exact = [mpf(value) for value in values]
    mean = mp.fsum(exact) / len(exact)
    return mean, mp.fsum((value - mean) ** 2 for value in exact) / (len(exact) - 1)


def answer(difference, error, df, extra=None):
    t = difference / error
    two = special.student_two_sided(t, df)
    upper = two / 2 if t >= 0 else 1 - two / 2
    reach = special.student_quantile(mpf("0.975"), df) * error
    return {
        "status": "ok", "t": t, "df": df, "p_two_sided": two, "p_greater": upper,
        "p_less": 1 - upper, "mean_diff": difference, "std_err": error,
        "ci95": [difference - reach, difference + reach],
    } | (extra or {})


def pooled(a, b, with_effect=False):
    (m1, v1), (m2, v2), n1, n2 = moments(a), moments(b), len(a), len(b)
    s = mp.sqrt(((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2))
    extra = {"s_pooled": s, "cohens_d": (m1 - m2) / s} if with_effect else None
    return answer(m1 - m2, s * mp.sqrt(mpf(1) / n1 + mpf(1) / n2), n1 + n2 - 2, extra)


def welch_parts(a, b):
    (m1, v1), (m2, v2), n1, n2 = moments(a), moments(b), len(a), len(b)
    u, w = v1 / n1, v2 / n2
    return m1 - m2, mp.sqrt(u + w), (u + w) ** 2 / (u * u / (n1 - 1) + w * w / (n2 - 1))


def paired(a, b):
    mean, variance = moments([mpf(x) - mpf(y) for x, y in zip(a, b)])
    return answer(mean, mp.sqrt(variance / len(a)), len(a) - 1)


def agree(a, b, got, **options):
    """SciPy's own answer must be near, where its arithmetic can be trusted."""
    other = stats.ttest_ind(a, b, **options)
    assert math.isclose(other.statistic, got["t"], rel_tol=1e-6), (other, got)


def edge_cases(cases, kind):
    nan, inf = math.nan, math.inf
    for a, b, expect in [
        ([7.5] * 3, [7.5] * 6, {"status": "degenerate_equal", "t": 0.0, "p_two_sided": 1.0}),
        ([-2.0] * 3, [5.0] * 3,
         {"status": "degenerate_different", "t": -inf, "p_two_sided": 0.0}),
        ([1e308] * 2, [-1e308] * 2,
         {"status": "degenerate_different", "t": inf, "p_two_sided": 0.0}),
        ([1.0, 2.0], [], {"status": "insufficient_data"}),
        ([], [], {"status": "insufficient_data"}),
        ([1.0], [2.0, 3.0], {"status": "insufficient_data"}),
        ([nan], [2.0], {"status": "invalid_input"}),
        ([1.0, -inf], [2.0, 3.0], {"status": "invalid_input"}),
    ]:
        cases.add(kind, {"a": a, "b": b}, expect)


def make(cases):
    random = cases.random("means")
    for n in [2, 3, 4, 7, 11, 19, 40, 150, 400]:
        a = normals(random, n, random.uniform(-5, 5), random.uniform(0.2, 4))
        b = normals(random, n, a[0], random.uniform(0.2, 4))
        agree(a, b, got := pooled(a, b, True))
        cases.add("t_pooled_equal_n", {"a": a, "b": b}, got)
    for offset, scale, rel in [(1e15, 2.0, 1e-6), (1e9, 1e-5, 1e-6), (-3e12, 0.25, 1e-6)]:
        a = [offset + scale * random.randint(0, 9) for _ in range(8)]
        b = [offset + scale * random.randint(1, 9) for _ in range(8)]
        cases.add("t_pooled_equal_n", {"a": a, "b": b}, pooled(a, b, True), rel)
    edge_cases(cases, "t_pooled_equal_n")
    for n1, n2 in [(2, 5), (9, 4), (33, 8), (60, 61), (3, 200)]:
        a, b = normals(random, n1, 1, 2), normals(random, n2, 0.5, 1)
        agree(a, b, got := pooled(a, b))
        cases.add("t_pooled", {"a": a, "b": b}, got)

    for n1, n2 in [(2, 2), (2, 9), (5, 6), (14, 31), (80, 17), (300, 250)]:
        a, b = normals(random, n1, 2, 3), normals(random, n2, 1, 0.7)
        got = answer(*welch_parts(a, b))
        agree(a, b, got, equal_var=False)
        cases.add("t_welch", {"a": a, "b": b}, got)
    a = [1e9 + 1e-6 * k for k in (1, 2, 2, 5, 7, 9)]
    b = [1e9 + 1e-6 * k for k in (3, 4, 4, 6, 8)]
    cases.add("t_welch", {"a": a, "b": b}, answer(*welch_parts(a, b)), 1e-7)
    huge = [x * 1e307 for x in (9.1, 8.2, 8.8, 9.9)], [x * 1e307 for x in (-9.5, -8.1, 2.5)]
    tiny = [x * 5e-324 for x in (20, 400, 33, 81)], [x * 5e-324 for x in (500, 90, 120)]
    for a, b in [huge, tiny]:
        d, error, df = welch_parts(a, b)
        expect = {"status": "ok", "t": d / error, "df": df}
        expect["p_two_sided"] = special.student_two_sided(d / error, df)
        cases.add("t_welch", {"a": a, "b": b}, expect)
    a, b = [math.nan, 3.5, 1.25, 2.0, math.nan], [0.5, 1.0, math.nan, 1.75]
    whole = lambda values: [x for x in values if not math.isnan(x)]
    expect = answer(*welch_parts(whole(a), whole(b)))
    cases.add("t_welch", {"a": a, "b": b, "nan_policy": "omit"}, expect)
    edge_cases(cases, "t_welch")

    for n in [2, 5, 17, 90]:
        base = normals(random, n, 10, 3)
        a = [round(x + random.gauss(0.2, 0.8), 6) for x in base]
        cases.add("t_paired", {"a": a, "b": base}, paired(a, base))
    for a, b, expect in [
        ([3.0, 5.0], [3.5, 5.5], {"status": "degenerate_different", "t": -math.inf}),
        ([2.5] * 4, [2.5] * 4, {"status": "degenerate_equal", "t": 0.0, "p_two_sided": 1.0}),
        ([1.0, 2.0, 3.0], [1.0, 2.0], {"status": "invalid_input"}),
        ([1.0], [2.0], {"status": "insufficient_data"}),
        ([1.0, math.inf], [2.0, 3.0], {"status": "invalid_input"}),
    ]:
        cases.add("t_paired", {"a": a, "b": b}, expect)

    for n1, n2, margin, higher in [(9, 14, 0.5, True), (40, 38, 0.1, False), (5, 5, 2.0, True)]:
        a, b = normals(random, n1, 5, 1, 4), normals(random, n2, 5, 1, 4)
        d, error, df = welch_parts(a, b)
        t = ((d if higher else -d) + mpf(margin)) / error
        p = special.student_sf(t, df)
        input = {"canary": a, "baseline": b, "margin": margin, "higher_is_better": higher}
        expect = {"t": t, "df": df, "p": p, "noninferior_at_0.05": p <= 0.05}
        cases.add("noninferiority_welch", input, expect, 1e-8)

    for n1, n2 in [(2, 3), (6, 5), (12, 30), (50, 50)]:
        a, b = normals(random, n1, 0.3, 1, 3), normals(random, n2, 0, 1.5, 3)
        d = pooled(a, b, True)["cohens_d"]
        wins = sum(mpf(x > y) + mpf(x == y) / 2 for x in a for y in b) / (n1 * n2)
        shifts = sorted(x - y for x in a for y in b)
        expect = {
            "cohens_d": d, "hedges_g": d * (1 - mpf(3) / (4 * (n1 + n2) - 9)), "a12": wins,
            "cliffs_delta": 2 * wins - 1, "hodges_lehmann": numpy.median(shifts),
        }
        cases.add("effect_size", {"a": a, "b": b}, expect)

    points = [0, 0.001, 0.05, 1 / 3, 0.5, 0.75, 0.9, 0.995, 1]
    for n in [1, 2, 3, 8, 100]:
        x = normals(random, n, 0, 20, 3)
        q = numpy.quantile(x, points, method="linear")
        cases.add("quantile_type7", {"x": x, "p": points}, {"q": q}, 1e-12)
    for factor, reduced in [(3.0, False), (3.0, True), (1.5, False)]:
        x = normals(random, 30, 50, 4, 3) + [200.0, 90.0, -75.5]
        q1, q3 = numpy.quantile(x, [0.25, 0.75])
        low, high = q1 - factor * (q3 - q1), q3 + factor * (q3 - q1)
        if reduced:
            p1, p99 = numpy.quantile(x, [0.01, 0.99])
            low, high = min(low, p1), max(high, p99)
        outside = [i for i, value in enumerate(x) if value < low or value > high]
        input = {"x": x, "factor": factor, "reduce_sensitivity": reduced}
        expect = {"outlier_indices": outside, "low_fence": low, "high_fence": high}
        cases.add("iqr_outliers", input, expect)
