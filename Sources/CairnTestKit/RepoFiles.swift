import FoundationEssentials

/// Files of the repository, for tests that read its data.
public enum RepoFiles {
    public static let root =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    public static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: root + "/" + path)))
    }

    /// What is in a folder, sorted.
    public static func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root + "/" + path).sorted()
    }

    public static func text(_ path: String) throws -> String {
        String(decoding: try bytes(path), as: UTF8.self)
    }
}
