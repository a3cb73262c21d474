import CairnCore
import Messages

/// How a suite's file names its data set: `digits-test@2`, `digits-test` (the newest), or a digest.
public enum DatasetReference: Sendable, Equatable, CustomStringConvertible {
    case digest(Digest)
    /// `version` counts from 1; `nil` takes the newest at the time of the look-up.
    case named(String, version: UInt32?)

    init(_ value: ConfigValue) throws(ConfigError) {
        let text = try value.text()
        if let digest = Digest(hex: text) {
            self = .digest(digest)
            return
        }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), !halves[0].isEmpty else {
            throw Self.unreadable(text, value)
        }
        var version: UInt32?
        if halves.count == 2 {
            let digits = halves[1].first == "v" ? halves[1].dropFirst() : halves[1]
            guard let number = UInt32(digits), number > 0 else {
                throw Self.unreadable(text, value)
            }
            version = number
        }
        self = .named(String(halves[0]), version: version)
    }

    private static func unreadable(_ text: String, _ value: ConfigValue) -> ConfigError {
        ConfigError(
            "'\(text)' names no data set: expected name, name@version (digits-test@2) or the 64 "
                + "hexadecimal digits of its digest", at: value.place)
    }

    public var description: String {
        switch self {
        case .digest(let digest): digest.hex
        case .named(let name, nil): name
        case .named(let name, let version?): "\(name)@\(version)"
        }
    }

    func finds(_ record: DatasetRecord) -> Bool {
        switch self {
        case .digest(let digest): record.digest == digest.bytes
        case .named(let name, nil): record.name == name
        case .named(let name, let version?): record.name == name && record.version == version
        }
    }
}

extension SuiteFile {
    /// The whole suite, its data set found among those that the evaluator holds.
    public func spec(findingDatasetIn records: [DatasetRecord]) throws(ConfigError) -> SuiteSpec {
        let found = records.filter(dataset.finds).max { $0.version < $1.version }
        guard let found else { throw missing(among: records) }
        var spec = spec
        spec.datasetDigest = found.digest
        return spec
    }

    private func missing(among records: [DatasetRecord]) -> ConfigError {
        var hint = "; `cairn dataset add FILE` adds one"
        if case .named(let name, let version) = dataset {
            let versions = records.filter { $0.name == name }.map(\.version)
            if let version, let newest = versions.max() {
                hint = "; '\(name)' has no version \(version), its newest is \(newest)"
            } else if let near = Nearest.word(to: name, among: Set(records.map(\.name))) {
                hint = "; did you mean '\(near)'?"
            }
        }
        return ConfigError("the evaluator has no data set \(dataset)\(hint)", at: datasetPlace)
    }
}
