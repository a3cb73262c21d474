import FoundationEssentials

/// A folder of its own for a test, where the system keeps such things; it goes with its last user.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        let parent = FileManager.default.temporaryDirectory.path
        path = (parent == "/" ? "" : parent) + "/cairn-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // What cannot be removed is only space, and the system clears it some day.
        try? FileManager.default.removeItem(atPath: path)
    }
}
