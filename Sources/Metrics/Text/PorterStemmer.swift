/// Porter's stemmer, with the changes that NLTK made: what rouge_score stems by.
///
/// Words are ASCII in lower case. Source: Porter, "An algorithm for suffix stripping", 1980; NLTK's
/// documentation of `PorterStemmer`, mode NLTK_EXTENSIONS.
enum PorterStemmer {
    private static let irregular: [String: String] = [
        "sky": "sky", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie",
        "news": "news", "innings": "inning", "inning": "inning", "outings": "outing",
        "outing": "outing", "cannings": "canning", "canning": "canning", "howe": "howe",
        "proceed": "proceed", "exceed": "exceed", "succeed": "succeed",
    ]

    static func stem(_ word: [UInt8]) -> [UInt8] {
        if word.count <= 2 { return word }
        if let known = irregular[String(decoding: word, as: UTF8.self)] {
            return Array(known.utf8)
        }
        var stem = Stem(letters: word)
        stem.plurals()
        stem.pastAndProgress()
        stem.finalY()
        stem.doubleSuffixes()
        stem.apply(
            [
                ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
                ("ful", ""), ("ness", ""),
            ]) { $0.measure > 0 }
        stem.singleSuffixes()
        stem.finalE()
        return stem.letters
    }
}

private struct Stem {
    var letters: [UInt8]

    func isConsonant(_ index: Int) -> Bool {
        switch letters[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            false
        case UInt8(ascii: "y"): index == 0 || !isConsonant(index - 1)
        default: true
        }
    }

    /// How often a vowel is followed by a consonant.
    var measure: Int {
        letters.indices.dropFirst().filter { !isConsonant($0 - 1) && isConsonant($0) }.count
    }

    var hasVowel: Bool { letters.indices.contains { !isConsonant($0) } }

    var endsInDouble: Bool {
        letters.count >= 2 && letters[letters.count - 1] == letters[letters.count - 2]
            && isConsonant(letters.count - 1)
    }

    /// Consonant, vowel, consonant other than w, x, y; or a vowel and a consonant alone.
    var endsShort: Bool {
        let end = letters.count - 1
        if letters.count == 2 { return !isConsonant(0) && isConsonant(1) }
        return letters.count >= 3 && isConsonant(end - 2) && !isConsonant(end - 1)
            && isConsonant(end) && !"wxy".utf8.contains(letters[end])
    }

    func ends(_ suffix: String) -> Bool {
        letters.count >= suffix.utf8.count
            && letters.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    func without(_ suffix: String) -> Stem {
        Stem(letters: Array(letters.dropLast(suffix.utf8.count)))
    }

    mutating func replace(_ suffix: String, _ new: String) {
        letters = without(suffix).letters + Array(new.utf8)
    }

    /// The first suffix that is there decides, whether its condition holds or not.
    mutating func apply(_ rules: [(String, String)], where condition: (Stem) -> Bool) {
        for (suffix, new) in rules where ends(suffix) {
            if condition(without(suffix)) { replace(suffix, new) }
            return
        }
    }

    mutating func plurals() {
        if ends("ies"), letters.count == 4 { return replace("ies", "ie") }
        apply([("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")]) { _ in true }
    }

    mutating func pastAndProgress() {
        if ends("ied") { return replace("ied", letters.count == 4 ? "ie" : "i") }
        if ends("eed") {
            if without("eed").measure > 0 { replace("eed", "ee") }
            return
        }
        guard let suffix = ["ed", "ing"].first(where: { ends($0) && without($0).hasVowel }) else {
            return
        }
        self = without(suffix)
        for (ending, new) in [("at", "ate"), ("bl", "ble"), ("iz", "ize")] where ends(ending) {
            return replace(ending, new)
        }
        if endsInDouble {
            if let last = letters.last, !"lsz".utf8.contains(last) { letters.removeLast() }
            return
        }
        if measure == 1, endsShort { letters.append(UInt8(ascii: "e")) }
    }

    mutating func finalY() {
        apply([("y", "i")]) { $0.letters.count > 1 && $0.isConsonant($0.letters.count - 1) }
    }

    mutating func doubleSuffixes() {
        while ends("alli"), without("alli").measure > 0 { replace("alli", "al") }
        if ends("logi") {
            var shorter = self
            shorter.letters.removeLast(3)
            if !Self.doubles.contains(where: { ends($0.0) }) {
                if shorter.measure > 0 { replace("logi", "log") }
                return
            }
        }
        apply(Self.doubles) { $0.measure > 0 }
    }

    private static let doubles = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"),
        ("izer", "ize"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"),
        ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ]

    mutating func singleSuffixes() {
        let suffixes = [
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion",
            "ou", "ism", "ate", "iti", "ous", "ive", "ize",
        ]
        for suffix in suffixes where ends(suffix) {
            let rest = without(suffix)
            let fits = suffix != "ion" || rest.letters.last.map { "st".utf8.contains($0) } == true
            if rest.measure > 1 && fits { self = rest }
            return
        }
    }

    mutating func finalE() {
        if ends("e") {
            let rest = without("e")
            if rest.measure > 1 || (rest.measure == 1 && !rest.endsShort) { self = rest }
        }
        if ends("ll"), without("l").measure > 1 { replace("ll", "l") }
    }
}
