import FoundationEssentials

/// The programs of this package as they were built with the tests.
public enum BuiltPrograms {
    /// The test program lies among them, or, where a helper of the toolchain runs it, the link in
    /// `.build` leads there.
    public static let folder: String = {
        let path = CommandLine.arguments.first ?? ""
        let beside = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return FileManager.default.isExecutableFile(atPath: beside + "/cairn")
            ? beside : RepoFiles.root + "/.build/debug"
    }()

    public static func path(_ name: String) -> String { folder + "/" + name }
}
