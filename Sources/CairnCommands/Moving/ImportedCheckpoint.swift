import CairnCore
import Messages
import VersionFolders

/// What is brought in from elsewhere, and what was told of it there.
struct ImportedCheckpoint {
    /// As people name the kind: "folder", "Hugging Face folder", "DVC-tracked file".
    var kind: String
    var files: [CheckpointFile]
    /// Kept with the version.
    var config: [String: String] = [:]
    var metrics: [String: Double] = [:]
    /// Of a run of its own; empty: it needs none.
    var params: [String: String] = [:]
    var tags: [String: String] = [:]
    var code: CodeOrigin?
}

extension JSONText {
    /// Every number and word in it, by its keys with dots between.
    func leaves(_ prefix: String = "") -> [(key: String, value: JSONText)] {
        switch self {
        case .object(let members):
            members.flatMap { $0.value.leaves(prefix.isEmpty ? $0.name : prefix + "." + $0.name) }
        case .array, .null: []
        default: [(prefix, self)]
        }
    }

    var asNumber: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    /// Words without their quotes, all else as JSON.
    var asText: String { if case .string(let text) = self { text } else { compact } }
}
