"""Sequential tests by their definitions at 60 digits; drift measures; the bootstrap's bands."""

import math

import numpy
from scipy import integrate, optimize, stats

import special_functions as special
from common import mpf, mpmath as mp, normals


def msprt(x, y, sigma2, tau2, alpha, at):
    v, tau2 = 2 * mpf(sigma2), mpf(tau2)
    total, p, first = mpf(0), mpf(1), None
    logs, ps, intervals = [], [], []
    for n, (one, other) in enumerate(zip(x, y), 1):
        total += mpf(other) - mpf(one)
        d, growth = total / n, v + n * tau2
        value = mp.log(v / growth) / 2 + n * n * tau2 * d * d / (2 * v * growth)
        p = min(p, mp.exp(-value))
        if first is None and value >= mp.log(1 / mpf(alpha)):
            first = n
        if n in at:
            spread = 2 * mp.log(1 / mpf(alpha)) - mp.log(v / growth)
            reach = mp.sqrt(v * growth / (n * n * tau2) * spread)
            logs.append(value)
            ps.append(p)
            intervals.append([d - reach, d + reach])
    expect = {"status": "ok", "at": at, "log_lambda": logs, "p_always_valid": ps}
    return expect | {"ci95": intervals, "first_reject_n": first}


def beta_mixture(bits, p0, a, b, alpha):
    logs, successes = [], 0
    for n, bit in enumerate(bits, 1):
        successes += bit
        failures = n - successes
        value = mp.log(mp.beta(mpf(a) + successes, mpf(b) + failures) / mp.beta(a, b))
        logs.append(value - successes * mp.log(mpf(p0)) - failures * mp.log(1 - mpf(p0)))
    return logs


def arm(events, grid):
    logs, running = [], [mpf(0)] * len(grid)
    for weight, is_canary in events:
        w = mpf(weight)
        for index, risk in enumerate(grid):
            share = w * risk / (w * risk + 1 - w)
            running[index] += mp.log(share / w if is_canary else (1 - share) / (1 - w))
        logs.append(mp.log(mp.fsum(mp.exp(value) for value in running) / len(grid)))
    return logs


def readings(logs, alpha):
    limit = mp.log(1 / mpf(alpha))
    at = sorted({1, len(logs) // 3, len(logs)})
    first = next((n for n, value in enumerate(logs, 1) if value >= limit), None)
    return {
        "log_e_final": logs[-1], "log_e_at": {str(n): logs[n - 1] for n in at},
        "first_reject_n": first,
    }


def spent(t, alpha, spending):
    if spending == "pocock":
        return alpha * math.log1p((math.e - 1) * min(t, 1))
    return 4 * stats.norm.sf(stats.norm.isf(alpha / 4) / math.sqrt(min(t, 1)))


def boundaries(fractions, alpha, spending):
    """Recursive integration on Gauss-Legendre nodes of the density of B(t) that has not crossed."""
    nodes, weights = numpy.polynomial.legendre.leggauss(401)
    points, mass, last, used, result = numpy.array([0.0]), numpy.array([1.0]), 0.0, 0.0, []
    for t in fractions:
        step, budget = math.sqrt(t - last), spent(t, alpha, spending) - used
        def crossing(z):
            edge = z * math.sqrt(t)
            outside = stats.norm.sf((edge - points) / step) + stats.norm.sf((edge + points) / step)
            return float(mass @ outside)
        z = optimize.brentq(
            lambda z: math.log(max(crossing(z), 1e-300) / budget), 1e-9, 20, xtol=1e-12)
        result.append(z)
        edge = z * math.sqrt(t)
        fresh = edge * nodes
        density = stats.norm.pdf((fresh[:, None] - points[None, :]) / step) @ mass / step
        points, mass, last, used = fresh, density * weights * edge, t, used + budget
    return result


def make(cases):
    random = cases.random("sequential")
    for n, shift, sigma2, tau2, alpha in [
        (50, 0.0, 1.0, 1.0, 0.05), (90, 0.7, 1.0, 0.25, 0.01), (60, -1.2, 2.25, 0.5, 0.05),
        (40, 3.0, 0.49, 4.0, 0.001),
    ]:
        x = normals(random, n, 1, math.sqrt(sigma2), 4)
        y = normals(random, n, 1 + shift, math.sqrt(sigma2), 4)
        at = [1, 3, 10, n // 2, n]
        input = {"x": x, "y": y, "sigma2": sigma2, "tau2": tau2, "alpha": alpha}
        cases.add("msprt_normal", input, msprt(x, y, sigma2, tau2, alpha, at), 1e-8)
    for x, sigma2, tau2 in [([math.inf, 1.0], 1.0, 1.0), ([0.0], -1.0, 1.0), ([0.0], 1.0, 0.0)]:
        input = {"x": x, "y": [1.0] * len(x), "sigma2": sigma2, "tau2": tau2, "alpha": 0.05}
        cases.add("msprt_normal", input, {"status": "invalid_input"})

    for n, rate, p0, a, b, alpha in [
        (200, 0.5, 0.5, 0.5, 0.5, 0.05), (60, 0.9, 0.5, 1.0, 1.0, 0.01),
        (400, 0.04, 0.01, 0.5, 0.5, 0.01), (150, 0.2, 0.35, 2.0, 3.0, 0.05),
    ]:
        bits = [int(random.random() < rate) for _ in range(n)]
        logs = beta_mixture(bits, p0, a, b, alpha)
        input = {"bits": bits, "p0": p0, "a": a, "b": b, "alpha": alpha}
        cases.add("beta_mixture_bernoulli", input, readings(logs, alpha), 1e-8)

    for weights, risk, grid in [
        ([0.01] * 30 + [0.2] * 40 + [0.5] * 30, 1.0, [1.25, 1.5, 2, 3, 5, 10]),
        ([0.05] * 60 + [0.1] * 40, 4.0, [1.25, 1.5, 2, 3, 5, 10]),
        ([0.3] * 80, 2.0, [0.5, 2.0]),
    ]:
        chance = lambda w: w * risk / (w * risk + 1 - w)
        events = [[w, int(random.random() < chance(w))] for w in weights]
        input = {"events": events, "grid": grid, "alpha": 0.01}
        cases.add("arm_eprocess", input, readings(arm(events, grid), 0.01), 1e-8)

    assert numpy.allclose(
        boundaries([0.2, 0.4, 0.6, 0.8, 1.0], 0.05, "obrien_fleming"),
        [4.877, 3.357, 2.680, 2.290, 2.031], atol=1e-3)
    for fractions, alpha, spending in [
        ([0.1, 0.35, 0.5, 0.9, 1.0], 0.05, "obrien_fleming"), ([0.5, 1.0], 0.01, "pocock"),
        ([0.2, 0.3, 0.31, 0.7, 0.95, 1.0], 0.05, "pocock"), ([1.0], 0.02, "obrien_fleming"),
        ([k / 10 for k in range(1, 11)], 0.05, "pocock"), ([0.6, 0.8, 1.0], 0.001, "pocock"),
    ]:
        input = {"information_fractions": fractions, "alpha": alpha, "spending": spending}
        expect = {"z_boundaries": boundaries(fractions, alpha, spending)}
        cases.add("group_sequential", input, expect, 0.002)
    make_drift(cases, cases.random("drift"))
    make_bootstrap(cases, cases.random("bootstrap"))


def make_drift(cases, random):
    def add(reference, current, edges, epsilon, binned_by):
        place = lambda sample: numpy.bincount(
            [sum(edge < x for edge in edges) for x in sample], minlength=len(edges) + 1)
        p, q = place(reference), place(current)
        n, m = len(reference), len(current)
        shares = lambda counts, all: [mpf(epsilon) if c == 0 else mpf(int(c)) / all for c in counts]
        psi = mp.fsum(
            (b - a) * mp.log(b / a) for a, b in zip(shares(p, n), shares(q, m)))
        expect = {"counts_reference": p, "counts_current": q, "psi": psi}
        if "bins" in binned_by:
            expect["edges"] = edges
        if len(edges) + 1 == binned_by.get("bins") and n >= 10 * len(p):
            limit = (1 / n + 1 / m) * stats.chi2.isf(0.01, len(edges))
            expect["null_threshold_alpha_0.01"] = limit
            expect["drift_calibrated"] = bool(psi > limit and psi >= 0.1)
        input = {"reference": reference, "current": current, "epsilon": epsilon} | binned_by
        cases.add("psi", input, expect)

    for n, m, shift, bins in [(200, 150, 0, 10), (500, 500, 0.6, 10), (80, 400, 0.2, 5)]:
        reference, current = normals(random, n, 0, 1, 3), normals(random, m, shift, 1, 3)
        steps = numpy.quantile(reference, [k / bins for k in range(1, bins)])
        edges = list(dict.fromkeys(map(float, steps)))
        add(reference, current, edges, 1e-4, {"binning": "quantile", "bins": bins})
    reference = [float(random.randint(0, 2)) for _ in range(90)]
    current = [float(random.randint(1, 4)) for _ in range(70)]
    edges = list(dict.fromkeys(map(float, numpy.quantile(reference, [k / 8 for k in range(1, 8)]))))
    add(reference, current, edges, 1e-4, {"binning": "quantile", "bins": 8})
    add(reference, current, [0.0, 1.5, 2.0], 1e-3, {"binning": "edges", "edges": [0.0, 1.5, 2.0]})
    odd = [math.inf, -math.inf, 0.25, 3.0, 0.25]
    add(odd, [1.0, 2.0, -math.inf], [0.25], 1e-4, {"binning": "edges", "edges": [0.25]})

    for p, q in [
        ([0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1]), ([5.0, 0.0, 5.0], [1.0, 1.0, 1.0]),
        ([3.0, 9.0], [1.0, 3.0]), ([1.0, 0.0, 0.0], [0.0, 0.5, 0.5]),
        ([1e-9, 1.0], [2e-9, 1.0]), ([120.0, 30.0, 7.0, 1.0], [100.0, 45.0, 9.0, 0.0]),
    ]:
        a, b = [mpf(x) / mp.fsum(map(mpf, p)) for x in p], [mpf(x) / mp.fsum(map(mpf, q)) for x in q]
        part = lambda u, m: mpf(0) if u == 0 else u * mp.log(2 * u / m)
        nats = mp.fsum(part(x, x + y) + part(y, x + y) for x, y in zip(a, b)) / 2
        expect = {"divergence_nats": nats, "divergence_bits": nats / mp.log(2)}
        expect["distance_base2"] = mp.sqrt(nats / mp.log(2))
        cases.add("jensen_shannon", {"p": p, "q": q}, expect, 1e-9, 1e-12)


def make_bootstrap(cases, random):
    """The bands are five Monte-Carlo errors of a quantile around the quantiles of 200 000
    resamples."""
    for kind, n1, n2 in [("mean", 60, 0), ("mean_diff", 45, 80), ("mean_diff_paired", 70, 70)]:
        a = [round(random.expovariate(0.4), 3) for _ in range(n1)]
        b = [round(random.expovariate(0.5), 3) for _ in range(n2)]
        input = {"statistic": kind, "a": a, "confidence": 0.95, "resamples": 2000}
        if kind != "mean":
            input["b"] = b
        rng = numpy.random.default_rng(len(a))
        draw = lambda sample: numpy.concatenate([
            rng.choice(sample, (10_000, len(sample))).mean(axis=1) for _ in range(20)])
        if kind == "mean_diff_paired":
            sample = numpy.array(a) - numpy.array(b)
            means, estimate = draw(sample), sample.mean()
        else:
            means, estimate = draw(a), numpy.mean(a)
            if kind == "mean_diff":
                means, estimate = means - draw(b), estimate - numpy.mean(b)
        expect = {"estimate": estimate}
        for name, p in [("low", 0.025), ("high", 0.975)]:
            # Shares of quantiles five binomial errors away, at 2000 resamples.
            reach = 5 * math.sqrt(p * (1 - p) / 2000)
            band = numpy.quantile(means, [max(0.0, p - reach), min(1.0, p + reach)])
            expect[f"{name}_band"] = band
        cases.add("bootstrap_percentile", input, expect)
