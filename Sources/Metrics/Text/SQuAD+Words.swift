/// What is used again, answer after answer.
struct SQuADScratch: ~Copyable {
    private var line = Line()
    private var knownLine = Line()
    private var words = WordList()
    private var knownWords = WordList()
    private var vocabulary = Vocabulary()
    private var numbers = Room<Int32>()
    private var counts = Room<Int32>()

    mutating func example(
        _ answer: TextBytes, _ texts: TextPointers, _ references: Range<Int>
    ) -> SQuAD.Example {
        Self.split(answer, &line, &words)
        numberWords()
        var (isExact, best) = (false, 0.0)
        for reference in references {
            Self.split(texts[reference], &knownLine, &knownWords)
            let f1 = f1()
            if f1 == 1 && !isExact {
                let ends = CommonWords(words, line, knownWords, knownLine)
                isExact = words.count == knownWords.count && ends.count == words.count
            }
            best = max(best, f1)
        }
        return SQuAD.Example(isExact: isExact, f1: best)
    }

    private mutating func numberWords() {
        vocabulary.begin(words.count)
        numbers.reserve(words.count)
        counts.reserve(words.count + 1)
        for place in 0..<words.count {
            numbers.base[place] = vocabulary.number(words.base[place], line.base)
        }
    }

    private func f1() -> Double {
        if words.count == 0 || knownWords.count == 0 {
            return words.count == knownWords.count ? 1 : 0
        }
        counts.base.update(repeating: 0, count: vocabulary.count + 1)
        for place in 0..<words.count { counts.base[Int(numbers.base[place])] += 1 }
        var common = 0
        for place in 0..<knownWords.count {
            // Words that the answer has not are the last number, of which there is none.
            let number = Int(vocabulary.known(knownWords.base[place], knownLine.base))
            if counts.base[number] > 0 {
                counts.base[number] -= 1
                common += 1
            }
        }
        if common == 0 { return 0 }
        let precision = Double(common) / Double(words.count)
        let recall = Double(common) / Double(knownWords.count)
        return 2 * precision * recall / (precision + recall)
    }

    /// - Parameters:
    ///   - line: becomes the text in lower case without punctuation and articles.
    ///   - words: become its words.
    static func split(_ text: TextBytes, _ line: inout Line, _ words: inout WordList) {
        line.setLowercase(text)
        line.removePunctuation()
        line.removeArticles()
        words.removeAll()
        words.appendWords(of: line)
    }
}

extension Line {
    /// Makes a space of each run of word characters that is a, an or the.
    fileprivate mutating func removeArticles() {
        rewrite { bytes, count in
            var (at, made) = (0, 0)
            while at < count {
                let start = at
                while at < count && PythonText.isWord(Characters.scalar(bytes + at)) {
                    at += Characters.length(bytes[at])
                }
                let run = UnsafeBufferPointer(start: bytes + start, count: at - start)
                if run.elementsEqual("a".utf8) || run.elementsEqual("an".utf8)
                    || run.elementsEqual("the".utf8)
                {
                    bytes[made] = 0x20
                    made += 1
                } else {
                    (bytes + made).update(from: bytes + start, count: run.count)
                    made += run.count
                }
                guard at < count else { break }
                let length = Characters.length(bytes[at])
                (bytes + made).update(from: bytes + at, count: length)
                (at, made) = (at + length, made + length)
            }
            return made
        }
    }
}
