/// Finds the word that somebody probably meant.
public enum Nearest {
    /// The closest of `words`, where it is close enough to be a slip: at most one edit for each three
    /// letters, or a word that `text` begins.
    public static func word(to text: String, among words: some Sequence<String>) -> String? {
        // Of those as near the one that begins alike for longest, then the one of the same length: first
        // letters are seldom wrong, and swapped letters are the commonest slip.
        let ranked = words.map { word in
            (
                distance: distance(text, word), shared: -text.commonPrefix(with: word),
                gap: abs(text.count - word.count), word: word
            )
        }.sorted {
            ($0.distance, $0.shared, $0.gap, $0.word) < ($1.distance, $1.shared, $1.gap, $1.word)
        }
        guard let best = ranked.first else { return nil }
        if best.distance <= max(1, max(text.count, best.word.count) / 3) { return best.word }
        guard text.count >= 2 else { return nil }
        return ranked.first { $0.word.hasPrefix(text) }?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
    /// Source: Damerau, 1964, as optimal string alignment.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var rows = [Array(0...b.count)]
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}

extension String {
    /// How many letters both begin with.
    fileprivate func commonPrefix(with other: String) -> Int {
        zip(self, other).prefix { $0 == $1 }.count
    }
}
