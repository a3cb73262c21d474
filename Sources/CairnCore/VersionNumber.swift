/// A semantic version of a model: `1.2.0`, `2.0.0-rc.1`. Written with or without a leading `v`.
///
/// Build metadata (`+…`) is refused: two versions that differ only there would compare as equal.
/// Source: Semantic Versioning 2.0.0, sections 2, 9, 11.
public struct VersionNumber: Hashable, Sendable {
    public var major: UInt32
    public var minor: UInt32
    public var patch: UInt32
    /// Dot-separated identifiers after the hyphen; empty for a release.
    public var preRelease: [String]

    public init(_ major: UInt32, _ minor: UInt32, _ patch: UInt32, preRelease: [String] = []) {
        (self.major, self.minor, self.patch) = (major, minor, patch)
        self.preRelease = preRelease
    }

    public init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        if rest.first == "v" { rest = rest.dropFirst() }
        var identifiers: [String] = []
        if let hyphen = rest.firstIndex(of: "-") {
            let fields = rest[rest.index(after: hyphen)...].split(
                separator: ".", omittingEmptySubsequences: false)
            guard fields.allSatisfy(Self.isIdentifier) else { return nil }
            identifiers = fields.map(String.init)
            rest = rest[..<hyphen]
        }
        let numbers = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, let major = Self.number(numbers[0]),
            let minor = Self.number(numbers[1]), let patch = Self.number(numbers[2])
        else { return nil }
        self.init(major, minor, patch, preRelease: identifiers)
    }

    private static func number(_ text: Substring) -> UInt32? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), text == "0" || text.first != "0"
        else { return nil }
        return UInt32(text)
    }

    private static func isIdentifier(_ text: Substring) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 64 else { return false }
        let isNumeric = text.utf8.allSatisfy { (48...57).contains($0) }
        if isNumeric { return text == "0" || text.first != "0" }
        return text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        }
    }

    /// What `--version auto` takes after `latest`: the next minor version, and v0.1.0 as the first.
    ///
    /// After a pre-release the release that it announces is next.
    public static func automatic(after latest: VersionNumber?) -> VersionNumber {
        guard let latest else { return VersionNumber(0, 1, 0) }
        if !latest.preRelease.isEmpty {
            return VersionNumber(latest.major, latest.minor, latest.patch)
        }
        return VersionNumber(latest.major, latest.minor + 1, 0)
    }
}

extension VersionNumber: Comparable {
    public static func < (a: VersionNumber, b: VersionNumber) -> Bool {
        let (left, right) = ((a.major, a.minor, a.patch), (b.major, b.minor, b.patch))
        if left != right { return left < right }
        if a.preRelease.isEmpty || b.preRelease.isEmpty {
            return !a.preRelease.isEmpty && b.preRelease.isEmpty
        }
        for (x, y) in zip(a.preRelease, b.preRelease) where x != y { return precedes(x, y) }
        return a.preRelease.count < b.preRelease.count
    }

    /// Numeric identifiers compare as numbers and come before names.
    private static func precedes(_ x: String, _ y: String) -> Bool {
        let isNumber = { (text: String) in text.utf8.allSatisfy { (48...57).contains($0) } }
        switch (isNumber(x), isNumber(y)) {
        case (true, true): return (x.count, x) < (y.count, y)
        case (true, false): return true
        case (false, true): return false
        case (false, false): return x < y
        }
    }
}

extension VersionNumber: CustomStringConvertible {
    /// With the `v`: `v1.2.0-rc.1`.
    public var description: String { "v" + number }

    /// Without the `v`: `1.2.0-rc.1`.
    public var number: String {
        let release = "\(major).\(minor).\(patch)"
        return preRelease.isEmpty ? release : release + "-" + preRelease.joined(separator: ".")
    }
}
