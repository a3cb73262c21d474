"""What sacrebleu, rouge_score, jiwer and Python itself say of random texts, as one JSON object.

Usage: text_metrics.py SEED
"""
import json
import logging
import random
import re
import string
import sys
import unicodedata

import jiwer
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF, TER

logging.disable(logging.CRITICAL)

WORDS = """the a an of and to in is it was for on that with as at by from this be are or not his have
    had they which one you were all her she there would their we him been has when who will no more if
    out so said what up its about into than them can only other new some could time these two may then
    do first any my now such like our over man me even most made after also did many before must
    through years where much your way well down should because each just those people Mr how too little
    state good very make world still own see men work long get here between both life being under never
    day same another know while last might us great old year off come since against go came right used
    take three relational conditional hopping flies dies happily generalizations university organization
    U.S. don't 1,234.56 5-6 e-mail O'Neill's it's (sic) "quoted" 50% C++ end.""".split()
PUNCTUATION = list(".,.,.,--''019 23 ab sS&;<>\"()[]{}!?:/\\%$#@*+=~`^_|\n\t ") + [
    "&quot;", "&amp;", "&lt;", "&gt;", "&amp;lt;", "<skipped>", "-\n", "\n-", "'s ", "'s", "1.5", "5-"]
SCRIPTS = list("中文字符測試的是了不日本語カタカナひらがな한국어العربيةעבריתकखगงจฉΑΒΓΣσςÄÖÜßéèñ") + [
    "Σ", "ΑΣ ", "Σ.", "\u0130", "\u212a", "\u00a0", "\u2003", "\u2028", "\u3000", "\u0085", "\x1c", "\x00",
    "\x7f", "，", "。", "、", "！", "（", "）", "「", "」", "１", "Ａ", "ｱ", "㍿", "㈱", "⺀", "⼀", "ㄅ", "㇀",
    "\U0001f600", "\U0001f469\u200d\U0001f4bb", "\U0001f1e9\U0001f1ea", "e\u0301", "\u0301", "\ufeff",
    "\U00020000", "½", "Ⅷ", "²", "€", "—", "“", "”", "…", "\u01c5", "\ufb03", "a", "b", "The ", " "]


def noisy(draw, items):
    out = []
    for item in items:
        what = draw.random()
        if what < 0.08:
            continue
        if what < 0.16:
            out.append(draw.choice(items))
        elif what < 0.2:
            out += [item, item]
        else:
            out.append(item)
    if draw.random() < 0.3 and len(out) > 3:
        # A run that moves: what TER calls a shift.
        start, length = draw.randrange(len(out)), draw.randint(1, 5)
        run, rest = out[start:start + length], out[:start] + out[start + length:]
        place = draw.randint(0, len(rest))
        out = rest[:place] + run + rest[place:]
    return out


def pair(draw):
    """A text and one to three that it may be."""
    kind = draw.choice(["words", "words", "words", "punctuation", "scripts", "mixed", "few"])
    length = draw.choice([0, 1, 2, 5, 10, 20, 30, 60, draw.randint(0, 200)])
    if kind == "words":
        items, glue = [draw.choice(WORDS) for _ in range(length)], " "
    elif kind == "few":
        items, glue = [draw.choice("abc") for _ in range(length)], draw.choice([" ", ""])
    else:
        of = {"punctuation": PUNCTUATION, "scripts": SCRIPTS, "mixed": PUNCTUATION + SCRIPTS + WORDS}
        items, glue = [draw.choice(of[kind]) for _ in range(length)], draw.choice(["", "", " "])

    def text(items):
        joined = glue.join(items)
        if draw.random() < 0.1:
            joined = draw.choice([" ", "\n", "\u3000 "]) + joined + draw.choice(["  ", "\n\n", "\u00a0"])
        if draw.random() < 0.1:
            joined = joined.replace(" ", "\n", 3)
        if draw.random() < 0.1:
            joined = joined.upper()
        return joined

    references = [text(noisy(draw, items)) for _ in range(draw.choice([1, 1, 2, 3]))]
    return text(items if draw.random() < 0.1 else noisy(draw, items)), references


def bleu(pairs, options):
    metric = BLEU(**options)
    stats = [metric._extract_corpus_statistics([h], [[r] for r in refs])[0] for h, refs in pairs]
    single = BLEU(**{**options, "effective_order": True})
    score = metric._aggregate_and_compute(stats)
    return {"options": options, "stats": stats, "score": score.score, "precisions": score.precisions,
            "sentences": [single.sentence_score(h, refs).score for h, refs in pairs]}


def chrf(pairs, options):
    metric = CHRF(**options)
    stats = [metric._extract_corpus_statistics([h], [[r] for r in refs])[0] for h, refs in pairs]
    return {"options": options, "stats": stats, "score": metric._aggregate_and_compute(stats).score,
            "sentences": [metric.sentence_score(h, refs).score for h, refs in pairs]}


def ter(pairs, options):
    metric = TER(**options)
    stats = [metric._extract_corpus_statistics([h], [[r] for r in refs])[0] for h, refs in pairs]
    return {"options": options, "stats": stats, "score": metric._aggregate_and_compute(stats).score}


def rouge(pairs, stemmer):
    kinds = ["rouge1", "rouge2", "rouge3", "rouge5", "rougeL", "rougeLsum"]
    scorer = rouge_scorer.RougeScorer(kinds, use_stemmer=stemmer)
    each = []
    for hypothesis, references in pairs:
        scores = scorer.score_multi(references, hypothesis)
        each.append({kind: [*scores[kind]] for kind in kinds})
    return {"stemmer": stemmer, "each": each}


def jiwer_counts(pairs):
    """Words: all white space parts them here, as in metrics.md; jiwer itself knows the space alone."""
    words, characters = [], []
    for hypothesis, references in pairs:
        plain = [" ".join(text.split()) for text in (references[0], hypothesis)]
        got = jiwer.process_words(*plain)
        words.append([got.hits, got.substitutions, got.deletions, got.insertions])
        got = jiwer.process_characters(references[0], hypothesis)
        characters.append([got.substitutions + got.deletions + got.insertions,
                           got.hits + got.substitutions + got.deletions])
    return {"words": words, "characters": characters}


def squad_form(text):
    text = "".join(sign for sign in text.lower() if sign not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def squad(pairs):
    each = []
    for hypothesis, references in pairs:
        own, best, exact = squad_form(hypothesis), 0.0, False
        for reference in map(squad_form, references):
            exact = exact or own == reference
            a, left, common = own.split(), reference.split(), 0
            if not a or not left:
                best = max(best, float(a == left))
                continue
            size = len(left)
            for word in a:
                if word in left:
                    left.remove(word)
                    common += 1
            if common:
                precision, recall = common / len(a), common / size
                best = max(best, 2 * precision * recall / (precision + recall))
        each.append([own, exact, best])
    return each


def exact(pairs):
    table = str.maketrans("", "", string.punctuation)
    forms = [lambda t: t, str.lower, lambda t: t.lower().translate(table), lambda t: t.translate(table)]
    return [[form(h) in map(form, refs) for h, refs in pairs] for form in forms]


def main():
    seed = int(sys.argv[1])
    draw = random.Random(seed)
    pairs = [pair(draw) for _ in range(60)]
    smoothing = [("exp", None), ("floor", None), ("add-k", None), ("none", None), ("floor", 0.5),
                 ("add-k", 2)]
    bleus = [bleu(pairs, {"tokenize": tokenizer, "lowercase": lower, "smooth_method": method,
                          "smooth_value": value})
             for tokenizer in ["13a", "char", "none", "zh", "intl"] for lower in [False, True]
             for method, value in [draw.choice(smoothing)]]
    texts = [h for h, _ in pairs]
    tokens = {name: [BLEU(tokenize=name)._preprocess_segment(text).split() for text in texts]
              for name in ["13a", "char", "none", "zh", "intl"]}
    flags = ["normalized", "no_punct", "asian_support", "case_sensitive"]
    # It is slow: some of the texts, some of the options.
    ters = [ter(pairs[:20], {flag: bool(bits >> place & 1) for place, flag in enumerate(flags)})
            for bits in [0, *draw.sample(range(1, 16), 2)]]
    known = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000
             and unicodedata.category(chr(code)) != "Cn"] if seed == 1 else []
    print(json.dumps({
        "pairs": pairs, "bleu": bleus, "tokens": tokens, "ter": ters,
        "chrf": [chrf(pairs, {"word_order": order, "lowercase": order == 1}) for order in [0, 1, 2]],
        "rouge": [rouge(pairs, stemmer) for stemmer in [False, True]], "jiwer": jiwer_counts(pairs),
        "squad": squad(pairs), "exact": exact(pairs),
        "characters": "".join(known),
        "lower": [[sign, sign.lower()] for sign in known if sign != sign.lower()],
        "keepsThe": "".join("1" if "the" in squad_form("x the" + sign + " y") else "0" for sign in known),
    }))


main()
