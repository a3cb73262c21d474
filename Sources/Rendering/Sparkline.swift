/// A series as one line of text, taller letters for larger values.
public struct Sparkline: Equatable, Sendable {
    public enum Letters: Sendable {
        /// Eighths of a block, Unicode U+2581 to U+2588.
        case blocks
        /// For terminals that know no more.
        case ascii

        /// What a terminal of this locale shows.
        ///
        /// - Parameter environment: `LC_ALL`, else `LC_CTYPE`, else `LANG`, as POSIX reads them.
        public init(environment: [String: String]) {
            let names = ["LC_ALL", "LC_CTYPE", "LANG"]
            let locale = names.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
            let letters = locale.lowercased().filter { $0.isLetter || $0.isNumber }
            self = letters.hasSuffix("utf8") ? .blocks : .ascii
        }

        var levels: [Character] {
            switch self {
            case .blocks: Array("▁▂▃▄▅▆▇█")
            case .ascii: Array("_.:-=+*#")
            }
        }
    }

    public let text: String
    /// How many values each letter stands for at most: it shows their mean.
    public let valuesPerLetter: Int

    /// - Parameters:
    ///   - values: those that are not finite are gaps.
    ///   - width: letters at most; 1 or more.
    public init(_ values: [Double], width: Int, _ letters: Letters) {
        let count = max(1, min(width, values.count))
        let means = (0..<count).map { place -> Double in
            let part = values[values.count * place / count..<values.count * (place + 1) / count]
            let finite = part.filter(\.isFinite)
            return finite.isEmpty ? .nan : finite.reduce(0) { $0 + $1 / Double(finite.count) }
        }
        valuesPerLetter = (values.count + count - 1) / count
        let finite = means.filter(\.isFinite)
        guard let low = finite.min(), let high = finite.max() else {
            text = String(repeating: " ", count: values.isEmpty ? 0 : count)
            return
        }
        let levels = letters.levels
        text = String(
            means.map { mean -> Character in
                guard mean.isFinite else { return " " }
                guard high > low else { return levels[levels.count / 2] }
                // Halved first: the distance of two far values would be infinite.
                let share = (mean / 2 - low / 2) / (high / 2 - low / 2)
                return levels[min(levels.count - 1, Int(share * Double(levels.count)))]
            })
    }
}
