"""Metrics of texts by sacreBLEU, rouge_score, jiwer and the SQuAD rules."""

import logging
import re
import string

import jiwer
import numpy
import sacrebleu
from rouge_score import rouge_scorer
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

# It warns of every sentence that is scored without effective order.
logging.getLogger("sacrebleu").setLevel(logging.ERROR)


def bleu_corpus(input, options):
    result = sacrebleu.corpus_bleu(
        input["hyp"], input["refs"], tokenize=options.get("tokenize", "13a"),
        lowercase=options.get("lowercase", False), force=True)
    return {
        "score": result.score, "matches": result.counts, "totals": result.totals,
        "precisions": result.precisions, "brevity_penalty": result.bp,
        "hyp_len": result.sys_len, "ref_len": result.ref_len,
    }


def bleu_sentence(input, options):
    bleu = sacrebleu.BLEU(
        smooth_method=options["smooth_method"], smooth_value=options["smooth_value"],
        effective_order=options["effective_order"])
    pairs = zip(input["hyp"], input["ref"])
    return {"scores": [bleu.sentence_score(hyp, [ref]).score for hyp, ref in pairs]}


def bleu_tokenize(input, options):
    tokenizer = Tokenizer13a()
    return {"tokens": [tokenizer(text).split() for text in input["text"]]}


def chrf(input, options):
    return {
        "chrf": sacrebleu.corpus_chrf(input["hyp"], input["refs"]).score,
        "chrf_pp": sacrebleu.corpus_chrf(input["hyp"], input["refs"], word_order=2).score,
    }


def ter(input, options):
    return {"score": sacrebleu.corpus_ter(input["hyp"], input["refs"]).score}


def rouge(input, options):
    kinds = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    scorer = rouge_scorer.RougeScorer(kinds, use_stemmer=options["stemmer"])
    scores = [scorer.score(ref, hyp) for hyp, ref in zip(input["hyp"], input["ref"])]
    return {
        kind: {
            "precision": numpy.mean([score[kind].precision for score in scores]),
            "recall": numpy.mean([score[kind].recall for score in scores]),
            "f": numpy.mean([score[kind].fmeasure for score in scores]),
            "each_f": [score[kind].fmeasure for score in scores],
        } for kind in kinds}


def wer(input, options):
    ref, hyp = input["ref"], input["hyp"]
    # jiwer splits at single spaces and runs of white space; metrics.md at any white space.
    spaced = lambda texts: [" ".join(text.split()) for text in texts]
    words = jiwer.process_words(spaced(ref), spaced(hyp))
    characters = jiwer.process_characters(ref, hyp)
    errors = lambda out: out.substitutions + out.deletions + out.insertions
    return {
        "wer": words.wer, "mer": words.mer, "wil": words.wil, "wip": words.wip,
        "hits": words.hits, "cer": characters.cer, "word_errors": errors(words),
        "char_errors": errors(characters),
    }


def normalized(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def squad(input, options):
    def f1(pred, ref):
        a, b = normalized(pred).split(), normalized(ref).split()
        if not a or not b:
            return float(a == b)
        same = sum(min(a.count(word), b.count(word)) for word in set(a))
        return 2 * same / (len(a) + len(b)) if same else 0.0

    pairs = list(zip(input["pred"], input["refs"]))
    each = [max(f1(pred, ref) for ref in refs) for pred, refs in pairs]
    exact = [any(normalized(pred) == normalized(ref) for ref in refs) for pred, refs in pairs]
    return {
        "exact_match": numpy.mean(exact), "f1": numpy.mean(each), "each_f1": each,
        "normalized": [normalized(pred) for pred in input["pred"]],
    }


def exact_match(input, options):
    pairs = list(zip(input["pred"], input["ref"]))
    bare = str.maketrans("", "", string.punctuation)
    return {
        "exact": numpy.mean([a == b for a, b in pairs]),
        "ignore_case": numpy.mean([a.lower() == b.lower() for a, b in pairs]),
        "ignore_case_punctuation": numpy.mean(
            [a.lower().translate(bare) == b.lower().translate(bare) for a, b in pairs]),
    }
