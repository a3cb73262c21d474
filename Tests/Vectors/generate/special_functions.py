"""Special functions at 60 digits by mpmath."""

from common import mpf, mpmath as mp


def betainc(a, b, x):
    """The tail that is small is integrated, so that neither cancels."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    if x > a / (a + b):
        return 1 - mp.betainc(b, a, 0, 1 - x, regularized=True)
    return mp.betainc(a, b, 0, x, regularized=True)


def gammainc(a, x):
    """P and Q."""
    a, x = mpf(a), mpf(x)
    upper = mp.gammainc(a, x, mp.inf, regularized=True)
    return mp.gammainc(a, 0, x, regularized=True), upper


def normal_sf(z):
    return mp.erfc(mpf(z) / mp.sqrt(2)) / 2


def normal_quantile(p):
    """Newton's steps on ln Phi from a start that is near enough in both tails."""
    p = mpf(p)
    if p > mpf(1) / 2:
        return -normal_quantile(1 - p)
    z = -mp.sqrt(max(mpf(0), -2 * mp.log(2 * p)))
    for _ in range(200):
        value = normal_sf(-z)
        step = value * mp.log(value / p) / mp.npdf(z)
        z -= step
        if abs(step) < mpf(10) ** -45:
            break
    return z


def student_two_sided(t, df):
    t, df = mpf(t), mpf(df)
    x = df / (df + t * t)
    if x > mpf(1) / 2:
        return 1 - mp.betainc(mpf(1) / 2, df / 2, 0, t * t / (df + t * t), regularized=True)
    return mp.betainc(df / 2, mpf(1) / 2, 0, x, regularized=True)


def student_sf(t, df):
    tail = student_two_sided(t, df) / 2
    return tail if t >= 0 else 1 - tail


def student_quantile(p, df):
    """The t with cdf p >= 1/2."""
    tail = 1 - mpf(p)
    if tail == mpf(1) / 2:
        return mpf(0)
    low, high = mpf(0), mpf(1)
    while student_sf(high, df) > tail:
        low, high = high, high * 4
    for _ in range(160):
        middle = (low + high) / 2
        low, high = (middle, high) if student_sf(middle, df) > tail else (low, middle)
    return (low + high) / 2


def chi2_sf(x, df):
    return gammainc(mpf(df) / 2, mpf(x) / 2)[1]


def kolmogorov_sf(x):
    """The alternating series; for small x the theta function's other form."""
    x = mpf(x)
    if x < 1:
        terms = (mp.exp(-((2 * k - 1) ** 2) * mp.pi**2 / (8 * x * x)) for k in range(1, 60))
        return 1 - mp.sqrt(2 * mp.pi) / x * mp.fsum(terms)
    return 2 * mp.fsum((-1) ** (k - 1) * mp.exp(-2 * k * k * x * x) for k in range(1, 60))


def make(cases):
    random = cases.random("special")
    shape = lambda: round(10 ** random.uniform(-1, 2.5), 4)
    for _ in range(60):
        a, b = shape(), shape()
        x = round(random.random(), 5)
        if random.random() < 0.5:
            x = round(min(0.99999, max(1e-5, random.gauss(a / (a + b), 0.1))), 5)
        value = betainc(a, b, x)
        cases.add("special_betainc", {"a": a, "b": b, "x": x}, {"value": value}, 1e-10, 1e-290)
    for _ in range(60):
        a = shape()
        x = round(max(1e-3, a * 10 ** random.uniform(-1, 0.7)), 4)
        p, q = gammainc(a, x)
        cases.add("special_gammainc", {"a": a, "x": x}, {"P": p, "Q": q}, 1e-9, 1e-290)
    for z in [round(random.uniform(-9, 9), 4) for _ in range(30)] + [-38.2, -30.0, 1e-9, 12.0]:
        expect = {"cdf": normal_sf(-mpf(z)), "sf": normal_sf(z)}
        cases.add("special_normal", {"z": z}, expect, 1e-11)
    points = [round(random.random(), 6) for _ in range(20)]
    points += [10.0 ** -random.uniform(5, 300) for _ in range(12)] + [1e-300, 0.999999999, 0.025]
    for p in points:
        cases.add("special_normal_quantile", {"p": p}, {"z": normal_quantile(p)}, 1e-9)
    for _ in range(40):
        t, df = round(random.gauss(0, 3), 4), round(10 ** random.uniform(0, 2.5), 3)
        two = student_two_sided(t, df)
        expect = {"two_sided_p": two, "cdf": 1 - student_sf(t, df) if t >= 0 else two / 2}
        cases.add("special_student_t", {"t": t, "df": df}, expect, 1e-9)
    for df in [1, 2, 3, 4.5, 7.25, 29, 120, 998, 1e5]:
        p = round(random.uniform(0.5, 0.999), 5)
        expect = {"t": student_quantile(p, df)}
        cases.add("special_student_t_quantile", {"p": p, "df": df}, expect, 1e-8)
    for _ in range(40):
        df = random.randint(1, 120)
        x = round(df * 10 ** random.uniform(-0.7, 0.7), 4)
        cases.add("special_chi2_sf", {"x": x, "df": df}, {"sf": chi2_sf(x, df)}, 1e-9)
    for _ in range(30):
        x = round(random.uniform(0.3, 3.5), 4)
        cases.add("special_kolmogorov_sf", {"x": x}, {"sf": kolmogorov_sf(x)}, 1e-9)
