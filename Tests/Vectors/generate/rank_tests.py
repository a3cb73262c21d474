"""Ranks, distribution functions and counts, by SciPy and exact fractions."""

import math
from collections import Counter
from fractions import Fraction

import numpy
from scipy import stats

import special_functions as special
from common import mpf, mpmath as mp, normals


def mann_whitney(a, b):
    n1, n2 = len(a), len(b)
    u1 = sum(Fraction(x > y) + Fraction(int(x == y), 2) for x in a for y in b)
    u2, n = n1 * n2 - u1, n1 + n2
    ties = sum(t**3 - t for t in Counter(a + b).values())
    variance = Fraction(n1 * n2, 12) * ((n + 1) - Fraction(ties, n * (n - 1)))
    deviation = mp.sqrt(mpf(variance.numerator) / variance.denominator)
    tail = lambda u, c: special.normal_sf((mpf(float(u)) - mpf(n1 * n2) / 2 - c) / deviation)
    expect = {"status": "ok", "U1": float(u1), "U2": float(u2), "tie_term": ties}
    for name, c in [("cc", mpf(1) / 2), ("nocc", mpf(0))]:
        two = min(mpf(1), 2 * tail(max(u1, u2), c))
        expect |= {
            f"asymptotic_{name}_p_two_sided": two,
            f"asymptotic_{name}_p_greater": tail(u1, c),
            f"asymptotic_{name}_p_less": tail(u2, c),
        }
    if ties == 0 and n1 * n2 <= 400:
        for name, side in [("two_sided", "two-sided"), ("greater", "greater"), ("less", "less")]:
            test = stats.mannwhitneyu(a, b, alternative=side, method="exact")
            expect[f"exact_p_{name}"] = test.pvalue
    return expect


def ks_exact(gap, m, n):
    """The share of lattice paths that reach the gap (in units of 1/(mn)), in whole numbers."""
    row = None
    for i in range(m + 1):
        line = []
        for j in range(n + 1):
            if abs(i * n - j * m) >= gap:
                line.append(0)
            elif i == 0 and j == 0:
                line.append(1)
            else:
                line.append((row[j] if i else 0) + (line[j - 1] if j else 0))
        row = line
    return 1 - Fraction(row[n], math.comb(m + n, m))


def ks(a, b):
    m, n = len(a), len(b)
    counts = lambda sample, x: sum(value <= x for value in sample)
    gap = max(abs(counts(a, x) * n - counts(b, x) * m) for x in set(a + b))
    d, effective = gap / (m * n), m * n / (m + n)
    expect = {"status": "ok", "D": d}
    expect["asymptotic_p"] = min(1.0, stats.kstwo.sf(d, round(effective)))
    if len(set(a + b)) == m + n and m * n <= 10_000:
        p = ks_exact(gap, m, n)
        expect["exact_p"] = mpf(p.numerator) / p.denominator
    return expect, special.kolmogorov_sf(mpf(d) * mp.sqrt(effective))


def make(cases):
    random = cases.random("ranks")
    for n1, n2 in [(1, 1), (2, 1), (4, 5), (9, 9), (20, 20), (13, 25), (70, 40)]:
        a, b = normals(random, n1), normals(random, n2, 0.4)
        cases.add("mann_whitney", {"a": a, "b": b}, mann_whitney(a, b))
    for n1, n2, levels in [(8, 6, 3), (20, 30, 4), (50, 45, 2), (7, 7, 5)]:
        a = [float(random.randint(0, levels)) for _ in range(n1)]
        b = [float(random.randint(0, levels)) for _ in range(n2)]
        cases.add("mann_whitney", {"a": a, "b": b}, mann_whitney(a, b))
    for a, b, expect in [
        ([1.0] * 4, [1.0] * 3, {"status": "degenerate_equal", "U1": 6.0, "p_two_sided": 1.0}),
        ([math.nan], [1.0], {"status": "invalid_input"}),
        ([], [], {"status": "insufficient_data"}),
        ([2.0], [], {"status": "insufficient_data"}),
    ]:
        cases.add("mann_whitney", {"a": a, "b": b}, expect)
    a, b = [-math.inf, 0.5, math.inf, 4.0, 9.0], [math.inf, 1.0, -math.inf, 2.0]
    cases.add("mann_whitney", {"a": a, "b": b}, mann_whitney(a, b))

    for n1, n2 in [(3, 4), (8, 12), (30, 30), (50, 90), (100, 99)]:
        a, b = normals(random, n1, 0.2, 1, 4), normals(random, n2, 0, 1.3, 4)
        expect, other = ks(a, b)
        cases.add("ks_2samp", {"a": a, "b": b}, expect, 1e-7, alt_asymptotic_p=other)
    a = [float(random.randint(0, 4)) for _ in range(40)]
    b = [float(random.randint(1, 5)) for _ in range(35)]
    cases.add("ks_2samp", {"a": a, "b": b}, ks(a, b)[0], 1e-7)
    cases.add("ks_2samp", {"a": [], "b": [1.0]}, {"status": "insufficient_data"})
    cases.add("ks_2samp", {"a": [math.nan, 1.0], "b": []}, {"status": "invalid_input"})
    make_counts(cases, cases.random("counts"))


def make_counts(cases, random):
    for k, total in [(2, 30), (4, 120), (7, 2000), (12, 400)]:
        probabilities = [1 / k] * k
        observed = list(map(int, numpy.random.default_rng(k).multinomial(total, probabilities)))
        chi2 = sum((mpf(o) - mpf(total) / k) ** 2 / (mpf(total) / k) for o in observed)
        expect = {"status": "ok", "chi2": chi2, "df": k - 1, "p": special.chi2_sf(chi2, k - 1)}
        cases.add(
            "chi_square_gof", {"observed": observed, "expected_probs": probabilities}, expect)
    for observed, probabilities, status in [
        ([5, 6], [0.0, 1.0], "invalid_input"), ([5, -6], [0.5, 0.5], "invalid_input"),
        ([5], [1.0], "insufficient_data"), ([0, 0], [0.5, 0.5], "insufficient_data"),
    ]:
        input = {"observed": observed, "expected_probs": probabilities}
        cases.add("chi_square_gof", input, {"status": status})

    for rows, columns, yates in [(2, 2, False), (2, 2, True), (3, 2, False), (4, 5, False)]:
        table = [[random.randint(3, 80) for _ in range(columns)] for _ in range(rows)]
        test = stats.chi2_contingency(table, correction=yates)
        p = special.chi2_sf(test.statistic, test.dof)
        expect = {"status": "ok", "chi2": test.statistic, "df": test.dof, "p": p}
        cases.add("chi_square_contingency", {"table": table, "yates": yates}, expect)
    for table, status in [
        ([[0, 4], [0, 9]], "insufficient_data"), ([[1, -4], [2, 9]], "invalid_input"),
        ([[3, 4]], "insufficient_data"),
    ]:
        cases.add("chi_square_contingency", {"table": table, "yates": False}, {"status": status})

    for sa, na, sb, nb in [
        (7, 90, 16, 120), (990, 1000, 985, 1000), (0, 50, 4, 60), (3, 8, 8, 8),
        (41_000, 1_000_000, 41_500, 1_000_000), (1, 30_000, 2, 20_000),
    ]:
        cases.add(
            "two_proportion_z", {"success_a": sa, "n_a": na, "success_b": sb, "n_b": nb},
            two_proportions(sa, na, sb, nb), 1e-7)
        table = [[sa, na - sa], [sb, nb - sb]]
        if na + nb < 100_000:
            cases.add("fisher_exact", {"table": table}, fisher(table), 1e-7)
    for values, status in [
        ((5, 4, 1, 2), "invalid_input"), ((0, 0, 1, 2), "insufficient_data"),
        ((-1, 4, 1, 2), "invalid_input"), ((3, 3, 5, 5), "degenerate_equal"),
    ]:
        input = dict(zip(["success_a", "n_a", "success_b", "n_b"], values))
        cases.add("two_proportion_z", input, {"status": status})
    for table in [[[0, 9], [0, 3]], [[8, 0], [0, 9]], [[3, 1], [1, 3]], [[12, 5], [29, 2]]]:
        cases.add("fisher_exact", {"table": table}, fisher(table), 1e-7)

    for b, c in [(5, 9), (14, 14), (0, 6), (31, 60), (2000, 2100)]:
        n = b + c
        tail = Fraction(sum(math.comb(n, i) for i in range(min(b, c) + 1)), 2**n)
        exact = min(Fraction(1), 2 * tail)
        corrected, plain = mpf((abs(b - c) - 1) ** 2) / n, mpf((b - c) ** 2) / n
        expect = {
            "status": "ok", "exact_p": mpf(exact.numerator) / exact.denominator,
            "chi2_cc": corrected, "chi2_cc_p": special.chi2_sf(corrected, 1), "chi2": plain,
            "chi2_p": special.chi2_sf(plain, 1),
        }
        cases.add("mcnemar", {"only_a_correct": b, "only_b_correct": c}, expect)
    expect = {"status": "degenerate_equal", "exact_p": 1.0}
    cases.add("mcnemar", {"only_a_correct": 0, "only_b_correct": 0}, expect)
    cases.add("mcnemar", {"only_a_correct": -2, "only_b_correct": 1}, {"status": "invalid_input"})
    make_multiple(cases, random)


def two_proportions(sa, na, sb, nb):
    pa, pb = mpf(sa) / na, mpf(sb) / nb
    p = mpf(sa + sb) / (na + nb)
    z = (pa - pb) / mp.sqrt(p * (1 - p) * (mpf(1) / na + mpf(1) / nb))
    quantile = special.normal_quantile(mpf("0.975"))

    def wilson(s, n):
        share, square = mpf(s) / n, quantile * quantile
        center = (share + square / (2 * n)) / (1 + square / n)
        reach = mp.sqrt(share * (1 - share) / n + square / (4 * mpf(n) * n))
        reach *= quantile / (1 + square / n)
        return max(mpf(0), center - reach), min(mpf(1), center + reach)

    (la, ua), (lb, ub) = wilson(sa, na), wilson(sb, nb)
    low = pa - pb - mp.sqrt((pa - la) ** 2 + (ub - pb) ** 2)
    high = pa - pb + mp.sqrt((ua - pa) ** 2 + (pb - lb) ** 2)
    return {
        "status": "ok", "z": z, "p_two_sided": 2 * special.normal_sf(abs(z)),
        "p_greater": special.normal_sf(z), "newcombe95_diff": [low, high],
        "wilson95_a": [la, ua], "wilson95_b": [lb, ub],
    }


def fisher(table):
    return {
        "p_two_sided": stats.fisher_exact(table).pvalue,
        "p_greater": stats.fisher_exact(table, alternative="greater").pvalue,
    }


def make_multiple(cases, random):
    from statsmodels.stats.multitest import multipletests

    for k, alpha in [(1, 0.05), (4, 0.05), (9, 0.1), (25, 0.01)]:
        p = [round(random.random() ** 3, 5) for _ in range(k)]
        if k == 9:
            p[3] = p[5]
        expect = {}
        for name, method in [("bonferroni", "bonferroni"), ("holm", "holm"), ("bh", "fdr_bh")]:
            reject, adjusted, _, _ = multipletests(p, alpha=alpha, method=method)
            expect[name] = adjusted
            if name != "bonferroni":
                expect[name + "_reject"] = reject
        cases.add("multiple_testing", {"p": p, "alpha": alpha}, expect)
