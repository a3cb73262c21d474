"""Detectors: river's own alarms, index for index; CUSUM and the KS window by their definitions."""

from river import drift
from scipy import stats

from common import normals


def stream(random, parts, digits=4):
    """Parts of (count, mean, deviation); a deviation of None draws bits of that mean."""
    values = []
    for count, mean, deviation in parts:
        if deviation is None:
            values += [int(random.random() < mean) for _ in range(count)]
        else:
            values += normals(random, count, mean, deviation, digits)
    return values


def adwin(values, **settings):
    detector, at, widths = drift.ADWIN(**settings), [], []
    for index, value in enumerate(values):
        detector.update(value)
        if detector.drift_detected:
            at.append(index)
            widths.append(int(detector.width))
    return {
        "drift_at": at, "width_after_cut": widths, "final_width": int(detector.width),
        "final_mean": detector.estimation,
    }


def cusum(values, mean0, slack, threshold):
    up = down = 0.0
    alarms = []
    for index, value in enumerate(values):
        up = max(0.0, up + value - mean0 - slack)
        down = max(0.0, down - (value - mean0) - slack)
        if up > threshold or down > threshold:
            alarms.append([index, "up" if up > threshold else "down"])
            up = down = 0.0
    return {"alarms": alarms}


def ks_window(values, window, recent, alpha):
    held, hits = [], []
    for index, value in enumerate(values):
        held = (held + [value])[-window:]
        if len(held) < window:
            continue
        test = stats.ks_2samp(held[-recent:], held[:-recent], method="asymp")
        if test.pvalue <= alpha:
            hits.append([index, float(test.statistic), float(test.pvalue)])
            held = held[-recent:]
    return {"hits": hits}


def make(cases):
    random = cases.random("detectors")
    default = dict(delta=0.002, clock=32, max_buckets=5, min_window_length=5, grace_period=10)
    for parts, changes in [
        ([(700, 0, 1), (500, 0.6, 1)], {}),
        ([(900, 0.05, None), (900, 0.18, None)], {}),
        ([(2000, 0.02, None)], {}),
        ([(300, 5, 0.5), (300, 5.6, 0.5), (300, 4.9, 0.5)], {"delta": 0.05, "clock": 1}),
        ([(400, 1, 0.2), (400, 1.2, 0.4)], {"max_buckets": 2, "clock": 4, "grace_period": 50}),
        ([(500, 0.3, None), (500, 0.5, None)], {"min_window_length": 20, "delta": 0.3}),
        ([(150, -2.0, 0.0), (150, 3.0, 0.0)], {"clock": 8}),
    ]:
        values, settings = stream(random, parts), default | changes
        cases.add("adwin", {"stream": values} | settings, adwin(values, **settings))

    default = dict(min_instances=30, delta=0.005, threshold=50.0, alpha=0.9999, mode="both")
    for parts, changes in [
        ([(500, 0, 1), (500, 0.9, 1)], {}),
        ([(300, 2, 0.5), (300, 1.2, 0.5)], {"threshold": 12.0, "delta": 0.02}),
        ([(400, 0, 1), (400, -1, 1)], {"mode": "down", "min_instances": 50}),
        ([(400, 0, 1), (400, -1, 1)], {"mode": "up", "threshold": 25.0}),
        ([(600, 0.1, None), (400, 0.4, None)], {"threshold": 10.0, "alpha": 1.0}),
        ([(200, 0, 1)] * 4, {"threshold": 6.0, "alpha": 0.98, "min_instances": 1}),
    ]:
        values, settings = stream(random, parts), default | changes
        detector, at = drift.PageHinkley(**settings), []
        for index, value in enumerate(values):
            detector.update(value)
            if detector.drift_detected:
                at.append(index)
        cases.add("page_hinkley", {"stream": values} | settings, {"drift_at": at})

    for rates, changes in [
        ([(800, 0.08, None), (400, 0.25, None)], {}),
        ([(1500, 0.01, None)], {"warm_start": 50}),
        ([(500, 0.3, None), (500, 0.1, None), (500, 0.5, None)], {"drift_threshold": 2.5}),
    ]:
        values = stream(random, rates)
        settings = dict(warm_start=30, warning_threshold=2.0, drift_threshold=3.0) | changes
        detector, at, warnings = drift.binary.DDM(**settings), [], []
        for index, value in enumerate(values):
            detector.update(value)
            if detector.drift_detected:
                at.append(index)
            elif detector.warning_detected:
                warnings.append(index)
        expect = {"drift_at": at, "warning_count": len(warnings)}
        expect["first_warning_at"] = warnings[0] if warnings else None
        cases.add("ddm", {"stream": values} | settings, expect)

    for parts, mean0, slack, threshold in [
        ([(300, 0, 1), (200, 1, 1)], 0.0, 0.5, 8.0), ([(250, 3, 2), (250, 1, 2)], 3.0, 1.0, 10.0),
        ([(400, 0.03, None), (400, 0.09, None)], 0.03, 0.03, 1.25),
    ]:
        values = stream(random, parts)
        settings = {"mean0": mean0, "slack": slack, "threshold": threshold}
        cases.add("cusum", {"stream": values} | settings, cusum(values, **settings))

    for parts, settings in [
        ([(150, 0, 1), (150, 1.5, 1)], {"window": 100, "recent": 30, "alpha": 0.001}),
        ([(120, 0, 1), (120, 0, 3)], {"window": 60, "recent": 25, "alpha": 0.01}),
    ]:
        values = stream(random, parts)
        cases.add("ks_window", {"stream": values} | settings, ks_window(values, **settings), 1e-6)
