extension ConfigValue {
    /// What stands here, for errors.
    var kind: String {
        switch content {
        case .null: "nothing"
        case .scalar(let text, _): "'\(text)'"
        case .list: "a list"
        case .map: "keys with values"
        }
    }

    private func expected(_ what: String) -> ConfigError {
        ConfigError("expected \(what) and not \(kind)", at: place)
    }

    private func word(_ what: String) throws(ConfigError) -> String {
        guard case .scalar(let text, false) = content else { throw expected(what) }
        return text
    }

    /// A text, quoted or not.
    public func text() throws(ConfigError) -> String {
        guard case .scalar(let text, _) = content else { throw expected("a text") }
        return text
    }

    public func list() throws(ConfigError) -> [ConfigValue] {
        guard case .list(let items) = content else { throw expected("a list") }
        return items
    }

    /// A list of texts.
    public func texts() throws(ConfigError) -> [String] {
        var texts: [String] = []
        for item in try list() { texts.append(try item.text()) }
        return texts
    }

    public func bool() throws(ConfigError) -> Bool {
        switch try word("true or false") {
        case "true": return true
        case "false": return false
        default: throw expected("true or false")
        }
    }

    /// A whole number from `range`.
    public func integer<Number: FixedWidthInteger>(
        in range: ClosedRange<Number> = .min ... .max
    ) throws(ConfigError) -> Number {
        let what = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let number = Number(try word(what)), range.contains(number) else {
            throw expected(what)
        }
        return number
    }

    /// A finite number; `5%` is 0.05.
    public func number() throws(ConfigError) -> Double {
        let text = try word("a number")
        let isPercentage = text.hasSuffix("%")
        guard let number = Double(isPercentage ? text.dropLast() : text[...]), number.isFinite
        else {
            throw expected("a number")
        }
        return isPercentage ? number / 100 : number
    }

    /// One of `words`.
    public func choice(_ words: [String]) throws(ConfigError) -> String {
        let text = try text()
        if words.contains(text) { return text }
        let hint = Nearest.word(to: text, among: words).map { "; did you mean '\($0)'?" } ?? ""
        throw expected("one of \(words.joined(separator: ", "))").adding(hint)
    }

    /// A share of traffic: `5%`, `0.25%`, `25bp`.
    public func share() throws(ConfigError) -> BasisPoints {
        let what = "a share of traffic from 0% to 100%, as 5%, 0.25% or 25bp,"
        let text = try word(what)
        guard let value = Self.basisPoints(text), let share = BasisPoints(value) else {
            throw expected(what)
        }
        return share
    }

    private static func basisPoints(_ text: String) -> Int? {
        if text.hasSuffix("bp") { return Int(text.dropLast(2)) }
        guard text.hasSuffix("%") else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy(\.isNumber) }),
            let whole = Int(parts[0]), whole <= 100
        else { return nil }
        guard parts.count == 2 else { return whole * 100 }
        guard (1...2).contains(parts[1].count), let rest = Int(parts[1]) else { return nil }
        return whole * 100 + (parts[1].count == 1 ? rest * 10 : rest)
    }

    /// A duration as numbers with units, largest first: `30s`, `1h30m`, `250ms`.
    public func duration() throws(ConfigError) -> Duration {
        let what = "a duration, as 250ms, 30s, 5m or 1h30m,"
        guard let duration = Duration(written: try word(what)) else { throw expected(what) }
        return duration
    }

    /// A number of bytes: `4096`, `64KiB`, `256MiB`, `2GiB`.
    public func byteCount() throws(ConfigError) -> UInt64 {
        let what = "a number of bytes, as 4096, 64KiB, 256MiB or 2GiB,"
        let text = try word(what)
        let units: [(String, UInt64)] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)]
        let unit = units.first { text.hasSuffix($0.0) } ?? ("", 1)
        guard let count = UInt64(text.dropLast(unit.0.count)),
            case (let bytes, false) = count.multipliedReportingOverflow(by: unit.1)
        else { throw expected(what) }
        return bytes
    }
}

extension ConfigError {
    func adding(_ hint: String) -> ConfigError { ConfigError(text + hint, at: place) }
}

extension Duration {
    /// Reads `30s`, `5m`, `1h30m`, `250ms`, `2d`: whole numbers with units, largest first.
    /// - Returns: `nil` for anything else, and for more than `Int64` nanoseconds.
    public init?(written text: String) {
        let units: [(name: String, milliseconds: Int64)] = [
            ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
        ]
        var (rest, next, total) = (text[...], 0, Int64(0))
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(digits), count <= 1_000_000_000,
                let unit = units[next...].firstIndex(where: { $0.name == name })
            else { return nil }
            total += count * units[unit].milliseconds
            next = unit + 1
        }
        guard total <= Int64.max / 1_000_000 else { return nil }
        self = .milliseconds(total)
    }
}
