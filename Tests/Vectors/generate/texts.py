"""Texts for metrics of texts: real sentences with noise, other scripts, and what trips tokenizers."""

import re

from sklearn import datasets

import metrics_text

SCRIPTS = [
    ("Die Gewässer stiegen über Nacht, sagte der Bürgermeister.", "Das Wasser stieg über Nacht, so der Bürgermeister."),
    ("大阪は西日本最大の都市です。", "大阪が西日本で最大の都市である。"),
    ("Быстрая лиса прыгает через ленивую собаку!", "Лиса быстро прыгает через собаку!"),
    ("القطة تجلس على السجادة", "القطة جلست على السجادة الحمراء"),
    ("नमस्ते दुनिया, आप कैसे हैं?", "नमस्कार दुनिया, कैसे हैं आप?"),
    ("오늘 날씨가 참 좋네요.", "오늘은 날씨가 아주 좋습니다."),
    ("🚀 Launch went well 👩‍🚀🇩🇪!", "🚀 the launch went well 👩‍🚀 🇩🇪"),
    ("\u0130stanbul'da 300\u212A s\u0131cakl\u0131k", "istanbul'da 300K sıcaklık"),
    ("e\u0301clair and éclair are not one", "éclair and e\u0301clair are not one"),
    ("ΜΕΓΑΣ Σίσυφος ﬁnance Straße", "μεγας σίσυφος finance strasse"),
]
ODD = [
    "3.5-4.5% of $1,000,000.00 (approx.); see [12], p.7--9.", "e.g. U.S.A., 12:30p.m., 1.e-5 or .75",
    "\"quoted\" 'single' “curly” ‘one’ — dash–dash… end", "a\tb\u00a0c\u2003d\u3000e  f",
    "don't can't o'clock rock'n'roll", "C++ & C# <b>bold</b> &amp; &lt;x&gt; &quot;q&quot;",
    "http://x.y/z?a=1&b=2 me@host.org #tag @user", "x-1 -1x 1-x --1 1- -", "!!! ??? ...", "7,7 ,7 7, 1,2,3.4.5",
    "line one\nline two\n\nline three", "hyphen-\nated word", "<skipped> kept <skipped>", "½ ² ³ ① Ⅷ",
    "  leading and trailing  ", "a" * 300, "the a an The AN", "۱۲۳ ١٢٣ 一二三",
    "running runner ran easily fairness nationality hopping sky skies dying",
]


def sentences(random, count):
    loaders = [datasets.load_wine, datasets.load_digits, datasets.load_linnerud,
               datasets.load_iris, datasets.load_breast_cancer, datasets.load_diabetes]
    text = " ".join(loader().DESCR for loader in loaders)
    found = [" ".join(s.split()) for s in re.split(r"(?<=[.:!?])\s+", text)]
    return random.sample([s for s in found if 25 < len(s) < 400], count)


def noisy(random, sentence, rate):
    words = []
    for word in sentence.split():
        draw = random.random() / rate
        if draw < 0.25:
            continue
        if draw < 0.45 and len(word) > 3:
            k = random.randrange(len(word) - 1)
            word = word[:k] + word[k + 1] + word[k] + word[k + 2:]
        elif draw < 0.6:
            words.append(random.choice(["the", "of", "and", word]))
        elif draw < 0.75:
            word = word.upper() if random.random() < 0.5 else word.strip(".,")
        words.append(word)
    for _ in range(int(len(words) * rate / 4)):
        k = random.randrange(max(1, len(words) - 2))
        words.insert(random.randrange(len(words)), words.pop(k))
    return " ".join(words)


def corpora(random):
    """Name, hypotheses, references."""
    for count, rate in [(25, 0.2), (12, 0.6), (40, 0.05)]:
        refs = sentences(random, count)
        yield f"noise {rate}", [noisy(random, ref, rate) for ref in refs], refs
    yield "many scripts", [h for _, h in SCRIPTS], [r for r, _ in SCRIPTS]
    for reference, hypothesis in SCRIPTS:
        yield "one script", [hypothesis], [reference]
    yield "odd", [noisy(random, text, 0.3) or text for text in ODD], ODD
    for text in ODD:
        yield "one odd", [" ".join(reversed(text.split(" ")))], [text]
    long = " ".join(sentences(random, 30))
    yield "long", [noisy(random, long, 0.2)], [long]
    for hypothesis, reference in [("", "some words"), ("some words", ""), ("", ""), ("a", "a"),
                                  ("a b", "b a"), ("one two three", "one two three"), (" ", "x")]:
        yield "edge", [hypothesis], [reference]


def make(cases, random):
    def add(kind, input, options=None, note=None):
        expect = getattr(metrics_text, kind)(input, options or {})
        more = {"options": options} if options else {}
        cases.add(kind, input, expect, 1e-9, 1e-12, note, **more)

    for note, hyp, refs in corpora(random):
        lists = [refs]
        if len(refs) > 1 and random.random() < 0.5:
            lists = [refs, [noisy(random, ref, 0.3) or ref for ref in refs]]
        add("bleu_corpus", {"hyp": hyp, "refs": lists}, note=note)
        add("bleu_corpus", {"hyp": hyp, "refs": lists}, {"tokenize": random.choice(["none", "char"])}, note)
        add("chrf", {"hyp": hyp, "refs": lists}, note=note)
        if len(" ".join(hyp)) < 6000:
            add("ter", {"hyp": hyp, "refs": lists}, note=note)
        for stemmer in [False, True]:
            add("rouge", {"hyp": hyp, "ref": refs}, {"stemmer": stemmer}, note)
        # Without a reference word there is no rate.
        if any(ref.split() for ref in refs):
            add("wer", {"hyp": hyp, "ref": refs}, note=note)
        else:
            cases.add("wer", {"hyp": hyp, "ref": refs}, {"status": "insufficient_data"}, 1e-9, 1e-12)
        if len(refs) > 1:
            add("bleu_corpus", {"hyp": hyp, "refs": lists}, {"lowercase": True}, note)
            for method, value in [("exp", None), ("floor", 0.1), ("add-k", 1), ("none", None)]:
                options = {"smooth_method": method, "smooth_value": value}
                for effective in [True, False]:
                    add("bleu_sentence", {"hyp": hyp, "ref": refs}, options | {"effective_order": effective}, note)
    add("bleu_tokenize", {"text": ODD + [r for r, _ in SCRIPTS] + sentences(random, 20)})
    answers = [
        ("The  Louvre,  Paris", ["louvre paris", "Paris"]), ("", ["", "x"]), ("an", ["the"]), ("42 km", ["42", "km 42"]),
        ("not known", [""]), ("A. B. C.", ["a b c"]), ("café", ["cafe", "Café!"]), ("x" * 50, ["x"]), ("the-cat", ["thecat", "cat"]),
        ("\u00a0theory\u2009of a", ["theory of", "theory"]), ("“quoted”", ["quoted"]), ("1,000", ["1000"]),
    ]
    add("squad", {"pred": [p for p, _ in answers], "refs": [r for _, r in answers]})
    pairs = [("Yes!", "yes"), ("ok ", "ok"), ("naïve", "NAÏVE"), ("a-b", "ab"), ("", "!"), ("İ", "i̇"), ("ß", "SS"), ("Σας", "σας")]
    add("exact_match", {"pred": [p for p, _ in pairs], "ref": [r for _, r in pairs]})
