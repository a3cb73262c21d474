"""What other programs do for each case, and what the right answer is.

A case has a reference (the program whose definition is followed), other peers, and `exact`: the
values that ours must equal, computed in float64 by whatever is exact enough, and not timed.
"""

import math
import warnings

import duckdb
import jiwer
import numpy
import polars
import rapidfuzz.distance
import rouge_score.rouge_scorer
import sacrebleu.metrics
import scipy.stats
import sklearn.metrics
import torch
import torchmetrics.functional
import torchmetrics.functional.classification

warnings.filterwarnings("ignore")


class Columns:
    """The inputs of one size, read when they are asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.known = {}

    def __getitem__(self, name):
        if name not in self.known:
            kind = {"i32": numpy.int32, "u8": numpy.uint8, "f32": numpy.float32,
                    "f64": numpy.float64}[name.split(".")[1]]
            values = numpy.fromfile(self.folder / name, dtype=kind)
            self.known[name] = values.reshape(-1, 10) if name == "rows.f32" else values
        return self.known[name]

    def texts(self):
        """Hypotheses and references."""
        if "texts" not in self.known:
            self.known["texts"] = tuple(
                (self.folder / name).read_text().split("\n")[:-1]
                for name in ("hypotheses.txt", "references.txt"))
        return self.known["texts"]

    def torch(self, name):
        return torch.from_numpy(self[name])

    def frame(self, **names):
        return polars.DataFrame({key: self[name] for key, name in names.items()})


def duck(c, query, **names):
    """A query over a table that is in DuckDB's own memory."""
    connection = duckdb.connect()
    frame = {key: c[name] for key, name in names.items()}
    connection.execute("CREATE TABLE t AS SELECT * FROM frame")
    return lambda: connection.execute(query).fetchall()


def lazily(make):
    """A peer that prepares something outside of the time: `make(columns)` gives what is timed."""
    make.prepares = True
    return make


def exact_log_loss2(c):
    p = numpy.clip(c["p2.f32"].astype(numpy.float64), 2.0**-23, 1 - 2.0**-23)
    given = numpy.where(c["y2.i32"] == 1, p, 1 - p)
    return [math.fsum(-numpy.log(given)) / len(p)]


def exact_log_loss10(c):
    given = c["rows.f32"][numpy.arange(len(c["y.i32"])), c["y.i32"]].astype(numpy.float64)
    given = numpy.clip(given, 2.0**-23, 1 - 2.0**-23)
    return [math.fsum(-numpy.log(given)) / len(given)]


def exact_ece(c):
    p = c["p2.f32"].astype(numpy.float64)
    edges = numpy.arange(16) / 15
    bins = numpy.minimum(numpy.searchsorted(edges, p, side="right") - 1, 14)
    gaps = 0
    for k in range(15):
        own = bins == k
        if own.any():
            gaps += abs(math.fsum(c["y2.i32"][own]) - math.fsum(p[own]))
    return [gaps / len(p)]


def numpy_ece(c):
    p, y = c["p2.f32"], c["y2.i32"]
    bins = numpy.minimum((p * 15).astype(numpy.int64), 14)
    count = numpy.bincount(bins, minlength=15)
    gap = numpy.bincount(bins, y, 15) - numpy.bincount(bins, p, 15)
    return numpy.abs(gap).sum() / count.sum()


def exact_regression(c):
    t, p = c["t.f64"], c["p.f64"]
    d = p - t
    error = math.fsum(d * d)
    mean = math.fsum(t) / len(t)
    spread = math.fsum((t - mean) ** 2)
    return [error / len(t), math.fsum(numpy.abs(d)) / len(t), 1 - error / spread]


def exact_pearson(c):
    x = c["t.f64"] - math.fsum(c["t.f64"]) / len(c["t.f64"])
    y = c["p.f64"] - math.fsum(c["p.f64"]) / len(c["p.f64"])
    return [math.fsum(x * y) / math.sqrt(math.fsum(x * x) * math.fsum(y * y))]


def exact_ttest(c):
    test = scipy.stats.ttest_ind(c["a.f64"], c["b.f64"], equal_var=False)
    return [test.statistic, test.df]


def exact_average_precision(c):
    y, p = c["y2.i32"], c["p2.f32"]
    false, true, _ = sklearn.metrics.roc_curve(y, p, drop_intermediate=False)
    return [sklearn.metrics.average_precision_score(y, p), sklearn.metrics.roc_auc_score(y, p),
            (true - false).max()]


def numpy_psi(c):
    a, b = c["a.f64"], c["b.f64"]
    edges = numpy.quantile(a, numpy.arange(1, 10) / 10)
    wide = numpy.concatenate([[-numpy.inf], edges, [numpy.inf]])
    p = numpy.histogram(a, wide)[0] / len(a)
    q = numpy.histogram(b, wide)[0] / len(b)
    return float(((q - p) * numpy.log(q / p)).sum())


def exact_psi(c):
    a, b = c["a.f64"], c["b.f64"]
    edges = numpy.quantile(a, numpy.arange(1, 10) / 10)
    p = numpy.bincount(numpy.searchsorted(edges, a, side="left"), minlength=10) / len(a)
    q = numpy.bincount(numpy.searchsorted(edges, b, side="left"), minlength=10) / len(b)
    return [math.fsum((q - p) * numpy.log(q / p))]


def numpy_bootstrap(c):
    a, random = c["a.f64"], numpy.random.default_rng(1)
    means = [a[random.integers(0, len(a), len(a))].mean() for _ in range(1000)]
    return numpy.quantile(means, [0.025, 0.975])


def scipy_bootstrap(c):
    return scipy.stats.bootstrap(
        (c["a.f64"],), numpy.mean, n_resamples=1000, method="percentile", batch=20)


def polars_log_loss2(c):
    frame = c.frame(y="y2.i32", p="p2.f32")
    p = polars.col("p").cast(polars.Float64).clip(2.0**-23, 1 - 2.0**-23)
    given = polars.when(polars.col("y") == 1).then(p).otherwise(1 - p)
    return lambda: frame.select(-given.log().mean())


def polars_auc(c):
    frame = c.frame(y="y2.i32", p="p2.f32")
    rank = polars.col("p").rank("average")
    ones = polars.col("y").sum()
    query = ((rank * polars.col("y")).sum() - ones * (ones + 1) / 2) / (
        ones * (polars.len() - ones))
    return lambda: frame.select(query)


def polars_regression(c):
    frame = c.frame(t="t.f64", p="p.f64")
    d = polars.col("p") - polars.col("t")
    query = [(d * d).mean().alias("mse"), d.abs().mean().alias("mae"),
             (1 - (d * d).mean() / polars.col("t").var(ddof=0)).alias("r2")]
    return lambda: frame.select(query)


def numpy_log_loss2(c):
    p = numpy.clip(c["p2.f32"].astype(numpy.float64), 2.0**-23, 1 - 2.0**-23)
    return -numpy.log(numpy.where(c["y2.i32"] == 1, p, 1 - p)).mean()


def numpy_log_loss10(c):
    given = c["rows.f32"][numpy.arange(len(c["y.i32"])), c["y.i32"]].astype(numpy.float64)
    return -numpy.log(numpy.clip(given, 2.0**-23, 1 - 2.0**-23)).mean()


def numpy_regression(c):
    t, p = c["t.f64"], c["p.f64"]
    d = p - t
    squares = numpy.dot(d, d)
    return squares / len(t), numpy.abs(d).mean(), 1 - squares / ((t - t.mean()) ** 2).sum()


def numpy_ttest(c):
    a, b = c["a.f64"], c["b.f64"]
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    return (a.mean() - b.mean()) / math.sqrt(va + vb)


def torch_log_loss10(c):
    rows, labels = c.torch("rows.f32"), c.torch("y.i32").long()
    return lambda: torch.nn.functional.nll_loss(rows.clamp(2.0**-23).log(), labels)


def torch_regression(c):
    t, p = c.torch("t.f64"), c.torch("p.f64")

    def run():
        d = p - t
        squares = d.square().mean()
        return squares, d.abs().mean(), 1 - squares / t.var(correction=0)
    return run


tm = torchmetrics.functional
tmc = torchmetrics.functional.classification

def over_texts(score):
    """A program that takes hypotheses and references."""
    return lambda c: score(*c.texts())


def bleu(hypotheses, references):
    return sacrebleu.metrics.BLEU().corpus_score(hypotheses, [references]).score


def chrf(hypotheses, references):
    return sacrebleu.metrics.CHRF().corpus_score(hypotheses, [references]).score


def ter(hypotheses, references):
    return sacrebleu.metrics.TER().corpus_score(hypotheses, [references]).score


def rouge(kind):
    def mean(hypotheses, references):
        scorer = rouge_score.rouge_scorer.RougeScorer([kind])
        return math.fsum(
            scorer.score(reference, hypothesis)[kind].fmeasure
            for hypothesis, reference in zip(hypotheses, references)) / len(references)
    return mean


def rapidfuzz_rouge_l(hypotheses, references):
    # Words as rouge_score cuts ASCII texts, as the longest common subsequence takes them.
    common = total = 0
    for hypothesis, reference in zip(hypotheses, references):
        a, b = hypothesis.lower().split(), reference.lower().split()
        common = rapidfuzz.distance.LCSseq.similarity(a, b)
        total += 2 * common / (len(a) + len(b))
    return total / len(references)


def rapidfuzz_wer(hypotheses, references):
    errors = words = 0
    for hypothesis, reference in zip(hypotheses, references):
        own = reference.split()
        errors += rapidfuzz.distance.Levenshtein.distance(own, hypothesis.split())
        words += len(own)
    return errors / words


def rapidfuzz_cer(hypotheses, references):
    errors = sum(
        rapidfuzz.distance.Levenshtein.distance(reference.strip(), hypothesis.strip())
        for hypothesis, reference in zip(hypotheses, references))
    return errors / sum(len(reference.strip()) for reference in references)


def torchmetrics_bleu(hypotheses, references):
    return tm.bleu_score(hypotheses, [[text] for text in references])


# goal: how many times faster than the reference and than the best other peer (None: not asked).
# Each is by n; the limit is how often two threads read the bytes in that time.
CASES = {
    "accuracy": dict(
        reference=("sklearn", lambda c: sklearn.metrics.accuracy_score(c["y.i32"], c["h.i32"])),
        peers={
            "numpy": lambda c: (c["y.i32"] == c["h.i32"]).mean(),
            "torch": lazily(lambda c: (lambda y, h: lambda: (y == h).sum())(
                c.torch("y.i32"), c.torch("h.i32"))),
            "polars": lazily(lambda c: (lambda f: lambda: f.select(
                (polars.col("y") == polars.col("h")).mean()))(c.frame(y="y.i32", h="h.i32"))),
        },
        exact=lambda c: [(c["y.i32"] == c["h.i32"]).mean()], goal=(70, 1.4)),
    "confusion10": dict(
        reference=("sklearn", lambda c: sklearn.metrics.confusion_matrix(c["y.i32"], c["h.i32"])),
        peers={
            "numpy": lambda c: numpy.bincount(c["y.i32"] * 10 + c["h.i32"], minlength=100),
            "torch": lazily(lambda c: (lambda y, h: lambda: torch.bincount(
                y * 10 + h, minlength=100))(c.torch("y.i32"), c.torch("h.i32"))),
        },
        exact=lambda c: numpy.bincount(c["y.i32"] * 10 + c["h.i32"], minlength=100).tolist(),
        goal=(75, 3.5)),
    "macro_f1": dict(
        reference=("sklearn", lambda c: sklearn.metrics.f1_score(
            c["y.i32"], c["h.i32"], average="macro")),
        peers={
            "torchmetrics": lazily(lambda c: (lambda y, h: lambda: tmc.multiclass_f1_score(
                h, y, 10, average="macro"))(c.torch("y.i32"), c.torch("h.i32"))),
        },
        exact=lambda c: [sklearn.metrics.f1_score(c["y.i32"], c["h.i32"], average="macro")],
        goal=(200, 40)),
    "logloss2": dict(
        reference=("sklearn", lambda c: sklearn.metrics.log_loss(c["y2.i32"], c["p2.f32"])),
        peers={
            "numpy": numpy_log_loss2, "polars": lazily(polars_log_loss2),
            "torch": lazily(lambda c: (lambda y, p: lambda:
                torch.nn.functional.binary_cross_entropy(p, y))(
                    c.torch("y2.i32").float(), c.torch("p2.f32"))),
        },
        exact=exact_log_loss2, goal=(400, 14)),
    "logloss10": dict(
        reference=("sklearn", lambda c: sklearn.metrics.log_loss(c["y.i32"], c["rows.f32"])),
        peers={"numpy": numpy_log_loss10, "torch": lazily(torch_log_loss10)},
        exact=exact_log_loss10, goal=(150, 6)),
    "auc": dict(
        reference=("sklearn", lambda c: sklearn.metrics.roc_auc_score(c["y2.i32"], c["p2.f32"])),
        peers={
            "polars": lazily(polars_auc),
            "torchmetrics": lazily(lambda c: (lambda y, p: lambda: tmc.binary_auroc(p, y))(
                c.torch("y2.i32"), c.torch("p2.f32"))),
        },
        exact=lambda c: [sklearn.metrics.roc_auc_score(c["y2.i32"], c["p2.f32"])],
        goal={10**6: (35, 8), 10**7: (75, 20)}),
    "average_precision": dict(
        reference=("sklearn", lambda c: sklearn.metrics.average_precision_score(
            c["y2.i32"], c["p2.f32"])),
        peers={
            "torchmetrics": lazily(lambda c: (
                lambda y, p: lambda: tmc.binary_average_precision(p, y))(
                    c.torch("y2.i32"), c.torch("p2.f32"))),
        },
        exact=exact_average_precision, goal={10**6: (20, None), 10**7: (38, None)}),
    "ece15": dict(
        reference=("torchmetrics", lazily(lambda c: (
            lambda y, p: lambda: tmc.binary_calibration_error(p, y, n_bins=15))(
                c.torch("y2.i32"), c.torch("p2.f32")))),
        peers={
            "numpy": numpy_ece,
            "duckdb": lazily(lambda c: duck(
                c, "SELECT sum(gap) / sum(n) FROM (SELECT abs(sum(y) - sum(p::DOUBLE)) AS gap, "
                "count(*) AS n FROM t GROUP BY least(floor(p::DOUBLE * 15), 14))",
                y="y2.i32", p="p2.f32")),
        },
        exact=exact_ece, goal=(None, 8)),
    "mse_mae_r2": dict(
        reference=("sklearn", lambda c: (
            sklearn.metrics.mean_squared_error(c["t.f64"], c["p.f64"]),
            sklearn.metrics.mean_absolute_error(c["t.f64"], c["p.f64"]),
            sklearn.metrics.r2_score(c["t.f64"], c["p.f64"]))),
        peers={
            "numpy": numpy_regression, "polars": lazily(polars_regression),
            "torch": lazily(torch_regression),
        },
        exact=exact_regression, goal=(20, 3)),
    "pearson": dict(
        reference=("scipy", lambda c: scipy.stats.pearsonr(c["t.f64"], c["p.f64"])),
        peers={
            "numpy": lambda c: numpy.corrcoef(c["t.f64"], c["p.f64"]),
            "polars": lazily(lambda c: (lambda f: lambda: f.select(polars.corr("t", "p")))(
                c.frame(t="t.f64", p="p.f64"))),
        },
        exact=exact_pearson, goal=(20, {10**6: 3, 10**7: None})),
    "ttest": dict(
        reference=("scipy", lambda c: scipy.stats.ttest_ind(
            c["a.f64"], c["b.f64"], equal_var=False)),
        peers={
            "numpy": numpy_ttest,
            "duckdb": lazily(lambda c: duck(
                c, "SELECT (avg(a) - avg(b)) / sqrt(var_samp(a) / count(*) + "
                "var_samp(b) / count(*)) FROM t", a="a.f64", b="b.f64")),
        },
        exact=exact_ttest, goal=(15, None)),
    "spearman": dict(
        reference=("scipy", lambda c: scipy.stats.spearmanr(c["t.f64"], c["p.f64"])),
        peers={
            "polars": lazily(lambda c: (lambda f: lambda: f.select(
                polars.corr("t", "p", method="spearman")))(c.frame(t="t.f64", p="p.f64"))),
        },
        exact=lambda c: [scipy.stats.spearmanr(c["t.f64"], c["p.f64"]).statistic],
        goal={10**6: (7, 3), 10**7: (30, 10)}),
    "kendall": dict(
        reference=("scipy", lambda c: scipy.stats.kendalltau(c["t.f64"], c["p.f64"])),
        peers={}, exact=lambda c: [scipy.stats.kendalltau(c["t.f64"], c["p.f64"]).statistic],
        goal=(None, None)),
    "ks": dict(
        reference=("scipy", lambda c: scipy.stats.ks_2samp(
            c["a.f64"], c["b.f64"], method="asymp")),
        peers={},
        exact=lambda c: [scipy.stats.ks_2samp(c["a.f64"], c["b.f64"], method="asymp").statistic],
        goal={10**6: (18, None), 10**7: (16, None)}),
    "mann_whitney": dict(
        reference=("scipy", lambda c: scipy.stats.mannwhitneyu(
            c["a.f64"], c["b.f64"], method="asymptotic")),
        peers={},
        exact=lambda c: [scipy.stats.mannwhitneyu(
            c["a.f64"], c["b.f64"], method="asymptotic").statistic],
        goal=(None, None)),
    "psi10": dict(
        reference=("numpy", numpy_psi), peers={}, exact=exact_psi, goal=(11, None)),
    "perplexity": dict(
        reference=("numpy", lambda c: numpy.exp(-c["logprob.f32"].mean(dtype=numpy.float64))),
        peers={
            "torch": lazily(lambda c: (lambda x: lambda: torch.exp(-x.mean()))(
                c.torch("logprob.f32"))),
            "polars": lazily(lambda c: (lambda s: lambda: math.exp(-s.mean()))(
                polars.Series(c["logprob.f32"]))),
        },
        exact=lambda c: [math.exp(-math.fsum(c["logprob.f32"]) / len(c["logprob.f32"]))],
        goal=(None, 1)),
    "top5": dict(
        reference=("sklearn", lambda c: sklearn.metrics.top_k_accuracy_score(
            c["y.i32"], c["rows.f32"], k=5)),
        peers={
            "torchmetrics": lazily(lambda c: (lambda y, p: lambda: tmc.multiclass_accuracy(
                p, y, 10, average="micro", top_k=5))(c.torch("y.i32").long(), c.torch("rows.f32"))),
        },
        exact=lambda c: [sklearn.metrics.top_k_accuracy_score(c["y.i32"], c["rows.f32"], k=5)],
        goal=(None, None)),
    # Random by nature: the bounds are compared with what the sample's deviation says, to 1 %.
    "bootstrap": dict(
        reference=("scipy", scipy_bootstrap), peers={"numpy": numpy_bootstrap}, exact=None,
        goal=(20, 12), size=10**5),
}

# The same over texts; of 10,000 and 100,000 pairs.
TEXT_CASES = {
    "bleu": dict(
        reference=("sacrebleu", over_texts(bleu)),
        peers={"torchmetrics": over_texts(torchmetrics_bleu)},
        exact=lambda c: [bleu(*c.texts())], goal=(100, None)),
    "chrf": dict(
        reference=("sacrebleu", over_texts(chrf)), peers={},
        exact=lambda c: [chrf(*c.texts())], goal=(100, None)),
    "ter": dict(
        reference=("sacrebleu", over_texts(ter)), peers={},
        exact=lambda c: [ter(*c.texts())], goal=(None, None), most=10**4),
    "rouge2": dict(
        reference=("rouge_score", over_texts(rouge("rouge2"))), peers={},
        exact=lambda c: [rouge("rouge2")(*c.texts())], goal=(None, None)),
    "rougeL": dict(
        reference=("rouge_score", over_texts(rouge("rougeL"))),
        peers={"rapidfuzz": over_texts(rapidfuzz_rouge_l)},
        exact=lambda c: [rouge("rougeL")(*c.texts())], goal=(100, 9)),
    "wer": dict(
        reference=("jiwer", over_texts(lambda h, r: jiwer.wer(r, h))),
        peers={"rapidfuzz": over_texts(rapidfuzz_wer)},
        exact=lambda c: [jiwer.wer(c.texts()[1], c.texts()[0])], goal=(100, 8)),
    "cer": dict(
        reference=("jiwer", over_texts(lambda h, r: jiwer.cer(r, h))),
        peers={"rapidfuzz": over_texts(rapidfuzz_cer)},
        exact=lambda c: [jiwer.cer(c.texts()[1], c.texts()[0])], goal=(100, 1.6)),
}
