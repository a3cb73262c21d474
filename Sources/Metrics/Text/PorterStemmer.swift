/// Porter's stemmer, with the changes that NLTK made: what rouge_score stems by.
///
/// Words are ASCII in lower case. Source: Porter, "An algorithm for suffix stripping", 1980; NLTK's
/// documentation of `PorterStemmer`, mode NLTK_EXTENSIONS.
enum PorterStemmer {
    /// Stems a word in place.
    /// - Returns: how many letters are left; never more than there were.
    static func stem(_ letters: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        if count <= 2 { return count }
        var stem = Stem(letters: letters, count: count)
        if stem.becomesIrregular() { return stem.count }
        stem.plurals()
        stem.pastAndProgress()
        stem.finalY()
        stem.doubleSuffixes()
        stem.apply(simpleSuffixes)
        stem.singleSuffixes()
        stem.finalE()
        return stem.count
    }

    typealias Rules = [(suffix: StaticString, new: StaticString)]

    fileprivate static let irregular: Rules = [
        ("sky", "sky"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"),
        ("news", "news"), ("innings", "inning"), ("inning", "inning"), ("outings", "outing"),
        ("outing", "outing"), ("cannings", "canning"), ("canning", "canning"), ("howe", "howe"),
        ("proceed", "proceed"), ("exceed", "exceed"), ("succeed", "succeed"),
    ]

    fileprivate static let doubleSuffixes: Rules = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"),
        ("izer", "ize"), ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"),
        ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
        ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ]

    fileprivate static let simpleSuffixes: Rules = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"),
        ("ful", ""), ("ness", ""),
    ]

    fileprivate static let singleSuffixes: [StaticString] = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion",
        "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ]
}

/// A word on its way to its stem. Counts of letters say which beginning of it is meant.
private struct Stem {
    let letters: UnsafeMutablePointer<UInt8>
    private(set) var count: Int

    init(letters: UnsafeMutablePointer<UInt8>, count: Int) {
        (self.letters, self.count) = (letters, count)
    }

    mutating func becomesIrregular() -> Bool {
        guard count <= 8 else { return false }
        for (word, new) in PorterStemmer.irregular
        where word.utf8CodeUnitCount == count && ends(word) {
            replace(count, new)
            return true
        }
        return false
    }

    mutating func plurals() {
        if letters[count - 1] != UInt8(ascii: "s") { return }
        if ends("ies") { return replace(3, count == 4 ? "ie" : "i") }
        if ends("sses") { return replace(4, "ss") }
        if !ends("ss") { replace(1, "") }
    }

    mutating func pastAndProgress() {
        if ends("ied") { return replace(3, count == 4 ? "ie" : "i") }
        if ends("eed") {
            if measure(count - 3) > 0 { replace(3, "ee") }
            return
        }
        if ends("ed") && hasVowel(count - 2) {
            count -= 2
        } else if ends("ing") && hasVowel(count - 3) {
            count -= 3
        } else {
            return
        }
        if ends("at") { return replace(2, "ate") }
        if ends("bl") { return replace(2, "ble") }
        if ends("iz") { return replace(2, "ize") }
        if endsInDouble {
            if !"lsz".utf8.contains(letters[count - 1]) { count -= 1 }
            return
        }
        if measure(count) == 1 && endsShort(count) { replace(0, "e") }
    }

    mutating func finalY() {
        if ends("y") && count > 2 && isConsonant(count - 2) { replace(1, "i") }
    }

    mutating func doubleSuffixes() {
        while ends("alli") && measure(count - 4) > 0 { replace(4, "al") }
        if ends("logi") {
            if measure(count - 3) > 0 { replace(4, "log") }
            return
        }
        apply(PorterStemmer.doubleSuffixes)
    }

    /// The first suffix that is there decides, whether what is before it is long enough or not.
    mutating func apply(_ rules: PorterStemmer.Rules) {
        for (suffix, new) in rules where ends(suffix) {
            let length = suffix.utf8CodeUnitCount
            if measure(count - length) > 0 { replace(length, new) }
            return
        }
    }

    mutating func singleSuffixes() {
        for suffix in PorterStemmer.singleSuffixes where ends(suffix) {
            let rest = count - suffix.utf8CodeUnitCount
            guard measure(rest) > 1 else { return }
            if ends("ion") && !"st".utf8.contains(letters[rest - 1]) { return }
            count = rest
            return
        }
    }

    mutating func finalE() {
        if ends("e") {
            let measure = measure(count - 1)
            if measure > 1 || (measure == 1 && !endsShort(count - 1)) { count -= 1 }
        }
        if ends("ll") && measure(count - 1) > 1 { count -= 1 }
    }
}

extension Stem {
    private func isVowel(_ index: Int) -> Bool {
        switch letters[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            true
        default: false
        }
    }

    /// A y is one behind a vowel, and in front: of a run of them every second one is.
    fileprivate func isConsonant(_ index: Int) -> Bool {
        var (first, isOther) = (index, false)
        while first > 0 && letters[first] == UInt8(ascii: "y") {
            first -= 1
            isOther.toggle()
        }
        return !isVowel(first) != isOther
    }

    /// How often a vowel is followed by a consonant.
    fileprivate func measure(_ count: Int) -> Int {
        var (measure, wasConsonant) = (0, true)
        for index in 0..<max(0, count) {
            let isY = letters[index] == UInt8(ascii: "y")
            let isConsonant = isY ? index == 0 || !wasConsonant : !isVowel(index)
            if isConsonant && !wasConsonant { measure += 1 }
            wasConsonant = isConsonant
        }
        return measure
    }

    fileprivate func hasVowel(_ count: Int) -> Bool {
        // A y behind a consonant is one; behind a vowel there is that vowel.
        (0..<max(0, count)).contains {
            isVowel($0) || ($0 > 0 && letters[$0] == UInt8(ascii: "y"))
        }
    }

    fileprivate var endsInDouble: Bool {
        count >= 2 && letters[count - 1] == letters[count - 2] && isConsonant(count - 1)
    }

    /// Consonant, vowel, consonant other than w, x, y; or a vowel and a consonant alone.
    fileprivate func endsShort(_ count: Int) -> Bool {
        if count == 2 { return !isConsonant(0) && isConsonant(1) }
        return count >= 3 && isConsonant(count - 3) && !isConsonant(count - 2)
            && isConsonant(count - 1) && !"wxy".utf8.contains(letters[count - 1])
    }

    fileprivate func ends(_ suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        guard length <= count else { return false }
        let (start, wanted) = (letters + (count - length), suffix.utf8Start)
        var place = length - 1
        while place >= 0 && start[place] == wanted[place] { place -= 1 }
        return place < 0
    }

    fileprivate mutating func replace(_ length: Int, _ new: StaticString) {
        count -= length
        (letters + count).update(from: new.utf8Start, count: new.utf8CodeUnitCount)
        count += new.utf8CodeUnitCount
    }
}
