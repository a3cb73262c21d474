"""Metrics of classes, probabilities, numbers and rankings by scikit-learn, SciPy and trec_eval."""

import math
import warnings

import numpy
import pytrec_eval
from scipy import stats
from sklearn import metrics

warnings.filterwarnings("ignore")
NAN = math.nan


def classification(input, options):
    y, pred, weight = input["y"], input["pred"], input.get("weight")
    zero, listed = options.get("zero_division", 0.0), options.get("labels")
    zero = NAN if zero == "NaN" else zero
    labels = listed or sorted(set(y) | set(pred))
    common = dict(labels=labels, sample_weight=weight)
    per_class = metrics.precision_recall_fscore_support(y, pred, zero_division=zero, **common)
    expect = {
        "labels": labels, "confusion": metrics.confusion_matrix(y, pred, **common),
        "accuracy": metrics.accuracy_score(y, pred, sample_weight=weight),
        "per_class": dict(zip(["precision", "recall", "f1", "support"], per_class)),
    }
    for average in ["micro", "macro", "weighted"]:
        given = dict(average=average, zero_division=zero, **common)
        expect[average] = {
            "precision": metrics.precision_score(y, pred, **given),
            "recall": metrics.recall_score(y, pred, **given),
            "f1": metrics.f1_score(y, pred, **given),
            "f0.5": metrics.fbeta_score(y, pred, beta=0.5, **given),
            "f2": metrics.fbeta_score(y, pred, beta=2, **given),
            "jaccard": metrics.jaccard_score(
                y, pred, **(given | {"zero_division": 0.0 if zero != 1 else 1.0})),
        }
    if listed is None:
        kappa = lambda weights: (
            metrics.cohen_kappa_score(y, pred, weights=weights, sample_weight=weight)
            if len(labels) > 1 else NAN)
        expect |= {
            "balanced_accuracy": metrics.balanced_accuracy_score(y, pred, sample_weight=weight),
            "mcc": metrics.matthews_corrcoef(y, pred, sample_weight=weight),
            "kappa": kappa(None),
        }
        if len(labels) > 1:
            expect |= {"kappa_linear": kappa("linear"), "kappa_quadratic": kappa("quadratic")}
    return expect


def multilabel(input, options):
    y, pred = numpy.array(input["y"]), numpy.array(input["pred"])
    expect = {
        "subset_accuracy": metrics.accuracy_score(y, pred),
        "hamming_loss": metrics.hamming_loss(y, pred),
        "confusion": metrics.multilabel_confusion_matrix(y, pred),
    }
    for average in ["micro", "macro", "weighted", "samples"]:
        given = dict(average=average, zero_division=options["zero_division"])
        scores = metrics.precision_recall_fscore_support(y, pred, **given)
        expect[average] = dict(zip(["precision", "recall", "f1"], scores))
    return expect


def calibration(confidence, right, bins, with_l2):
    confidence, right = numpy.array(confidence), numpy.array(right, float)
    edges = numpy.arange(bins) / bins
    places = numpy.searchsorted(edges, confidence, side="right") - 1
    gaps, shares = [], []
    for k in range(bins):
        inside = places == k
        if inside.any():
            gaps.append(abs(right[inside].mean() - confidence[inside].mean()))
            shares.append(inside.mean())
    gaps, shares = numpy.array(gaps), numpy.array(shares)
    answer = {f"ece_l1_{bins}": gaps @ shares, f"ece_max_{bins}": gaps.max()}
    if with_l2:
        answer[f"ece_l2_{bins}"] = math.sqrt(gaps**2 @ shares)
    return answer


def areas(y, score, weight=None):
    """What a ranking by score is worth; undefined without both classes."""
    has_both = len(set(y)) == 2
    roc = metrics.roc_auc_score(y, score, sample_weight=weight) if has_both else NAN
    ap = metrics.average_precision_score(y, score, sample_weight=weight) if 1 in y else NAN
    expect = {"roc_auc": roc, "average_precision": ap}
    if has_both:
        low, high, _ = metrics.roc_curve(y, score, sample_weight=weight, drop_intermediate=False)
        precision, recall, thresholds = metrics.precision_recall_curve(
            y, score, sample_weight=weight)
        with numpy.errstate(all="ignore"):
            f1 = numpy.nan_to_num(2 * precision * recall / (precision + recall))[:-1]
        best = int(numpy.argmax(f1))
        expect |= {
            "gini": 2 * roc - 1, "ks": (high - low).max(), "best_f1": f1[best],
            "pr_auc_trapezoid": metrics.auc(recall, precision),
        }
        # The threshold only where one is best by more than rounding.
        if numpy.sum(f1 > f1[best] - 1e-9) == 1:
            expect["best_f1_threshold"] = thresholds[best]
    return expect


def binary_probability(input, options):
    y, prob, weight = input["y"], input["prob"], input.get("weight")
    if isinstance(prob[0], list):
        prob = [row[1] for row in prob]
    clipped = numpy.clip(prob, 2.0**-52, 1 - 2.0**-52)
    losses = [-math.log(p) if one else -math.log1p(-p) for one, p in zip(y, clipped)]
    squares = [(p - one) ** 2 for one, p in zip(y, prob)]
    expect = {
        "log_loss": numpy.average(losses, weights=weight),
        "brier": numpy.average(squares, weights=weight),
    } | areas(y, prob, weight)
    if weight is None:
        right = [one == 1 for one in y]
        expect |= calibration(prob, right, 10, True) | calibration(prob, right, 15, True)
    return expect


def binary_score(input, options):
    y = input["y"]
    score = [float(value) for value in input["score"]]
    pairs = [(a > b) + (a == b) / 2
             for a, one in zip(score, y) if one for b, other in zip(score, y) if not other]
    ranks = stats.rankdata(score)  # scikit-learn refuses infinities; ranks order alike.
    expect = {key: areas(y, ranks)[key] for key in ["roc_auc", "average_precision"]}
    return expect | {"mann_whitney_u": sum(pairs)}


def multiclass_probability(input, options):
    y, prob = numpy.array(input["y"]), numpy.array(input["prob"])
    classes = list(range(prob.shape[1]))
    eps = 2.0**-52
    truth = prob[numpy.arange(len(y)), y]
    hot = numpy.eye(len(classes))[y]
    expect = {
        "log_loss": float(numpy.mean(-numpy.log(numpy.clip(truth, eps, 1 - eps)))),
        "brier": float(numpy.mean(((prob - hot) ** 2).sum(axis=1))),
    }
    for k in range(1, min(6, len(classes))):
        # Among equal probabilities the higher class comes first.
        order = numpy.argsort(prob, axis=1, kind="stable")[:, ::-1][:, :k]
        expect[f"top_{k}"] = float(numpy.mean([one in row for one, row in zip(y, order)]))
    if set(y) == set(classes):
        ovr = [metrics.roc_auc_score(y == c, prob[:, c]) for c in classes]
        expect["roc_auc_ovr_macro"] = numpy.mean(ovr)
        expect["roc_auc_ovr_weighted"] = numpy.average(ovr, weights=hot.sum(axis=0))
        pairs = []
        for a in classes:
            for b in classes[:a]:
                both = (y == a) | (y == b)
                pairs.append((metrics.roc_auc_score(y[both] == a, prob[both, a])
                              + metrics.roc_auc_score(y[both] == b, prob[both, b])) / 2)
        expect["roc_auc_ovo_macro"] = numpy.mean(pairs)
        expect["average_precision_macro"] = numpy.mean(
            [metrics.average_precision_score(y == c, prob[:, c]) for c in classes])
    first = prob.argmax(axis=1)
    for bins in [10, 15]:
        expect |= calibration(prob.max(axis=1), first == y, bins, False)
    return expect


def regression(input, options):
    t, pred, weight = input["t"], input["pred"], input.get("weight")
    given = dict(sample_weight=weight)
    e = numpy.array(pred) - numpy.array(t)
    expect = {
        "mse": metrics.mean_squared_error(t, pred, **given),
        "rmse": metrics.root_mean_squared_error(t, pred, **given),
        "mae": metrics.mean_absolute_error(t, pred, **given),
        "median_ae": metrics.median_absolute_error(t, pred, **given),
        "max_error": metrics.max_error(t, pred),
        "mape": metrics.mean_absolute_percentage_error(t, pred, **given),
        "mean_error": numpy.average(e, weights=weight),
        "r2": metrics.r2_score(t, pred, **given) if len(t) > 1 else NAN,
        "explained_variance": metrics.explained_variance_score(t, pred, **given),
    }
    for q in [0.1, 0.5, 0.9]:
        expect[f"pinball_{q}"] = metrics.mean_pinball_loss(t, pred, alpha=q, **given)
    if weight is None:
        if min(t) > -1 and min(pred) > -1:
            expect["msle"] = metrics.mean_squared_log_error(t, pred)
        varies = len(set(t)) > 1 and len(set(pred)) > 1
        mt, mp = numpy.mean(t), numpy.mean(pred)
        st, sp = numpy.var(t), numpy.var(pred)
        cov = numpy.mean((numpy.array(t) - mt) * (numpy.array(pred) - mp))
        expect |= {
            "pearson": stats.pearsonr(t, pred).statistic if varies else NAN,
            "spearman": stats.spearmanr(t, pred).statistic if varies else NAN,
            "kendall_tau_b": stats.kendalltau(t, pred).statistic if varies else NAN,
            "concordance": 2 * cov / (st + sp + (mt - mp) ** 2) if varies else NAN,
        }
        sums = numpy.abs(t) + numpy.abs(pred)
        parts = numpy.divide(2 * abs(e), sums, out=numpy.zeros_like(sums), where=sums > 0)
        expect["smape"] = parts.mean()
    return expect


def language_model(input, options):
    documents = [[float(x) for x in document] for document in input["logprobs"]]
    tokens, loss = sum(map(len, documents)), -math.fsum(map(math.fsum, documents))
    size, words = sum(input["bytes"]), sum(input["words"])
    power = lambda x: math.exp(x) if x < 700 else math.inf
    return {
        "tokens": tokens, "nll_per_token": loss / tokens, "perplexity": power(loss / tokens),
        "bits_per_token": loss / tokens / math.log(2), "bits_per_byte": loss / size / math.log(2),
        "byte_perplexity": power(loss / size), "word_perplexity": power(loss / words),
        "perplexity_of_document_mean": power(loss / len(documents)),
    }


def token_logits(input, options):
    from scipy.special import logsumexp

    losses, right = [], 0
    for row, target in zip(input["logits"], input["target"]):
        if target != -100:
            losses.append(logsumexp(row) - row[target])
            right += int(numpy.argmax(row)) == target
    loss = math.fsum(losses) / len(losses)
    return {
        "cross_entropy": loss, "perplexity": math.exp(loss) if loss < 700 else math.inf,
        "token_accuracy": right / len(losses), "counted": len(losses),
    }


def multiple_choice(input, options):
    rows = list(zip(input["loglikelihoods"], input["choice_bytes"], input["gold"]))
    plain = [int(numpy.argmax(row)) == gold for row, _, gold in rows]
    normal = [int(numpy.argmax(numpy.array(row) / size)) == gold for row, size, gold in rows]
    return {"acc": numpy.mean(plain), "acc_norm": numpy.mean(normal)}


def pass_at_k(input, options):
    k = options["k"]
    each = [1 - math.comb(n - c, k) / math.comb(n, k) for n, c in zip(input["n"], input["c"])]
    return {"value": math.fsum(each) / len(each), "each": each}


def ranking(input, options):
    names = lambda count: [f"d{i:03}" for i in range(count)]
    qrel, run = {}, {}
    for index, (relevance, score) in enumerate(zip(input["relevance"], input["score"])):
        qrel[f"q{index}"] = dict(zip(names(len(relevance)), relevance))
        run[f"q{index}"] = dict(zip(names(len(score)), score))
    wanted = {"map", "recip_rank", "ndcg", "P.1,3,5", "recall.3,5,10", "ndcg_cut.3,5,10",
              "success.1,5"}
    each = pytrec_eval.RelevanceEvaluator(qrel, wanted).evaluate(run).values()
    each = list(each)
    expect = {name: numpy.mean([one[name] for one in each]) for name in each[0]}
    averaged = [
        metrics.ndcg_score([relevance], [score]) if any(relevance) and len(score) > 1 else 0.0
        for relevance, score in zip(input["relevance"], input["score"])]
    return expect | {"ndcg_sklearn_ties_averaged": numpy.mean(averaged)}


def serving(input, options):
    latency = input["latency_ms"]
    points = [0.5, 0.9, 0.95, 0.99, 0.999]
    nearest = numpy.quantile(latency, points, method="inverted_cdf")
    return {
        "mean": numpy.mean(latency), "max": max(latency),
        "percentile_linear": dict(zip(map(str, points), numpy.quantile(latency, points))),
        "percentile_nearest_rank": dict(zip(map(str, points), nearest)),
        "error_rate": numpy.mean(input["error"]),
        "requests_per_second": len(latency) / input["wall_seconds"],
        "tokens_per_second": sum(input["tokens"]) / input["wall_seconds"],
    }
