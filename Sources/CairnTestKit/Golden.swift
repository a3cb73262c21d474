import FoundationEssentials
import Glibc

/// Texts that are read in the diff: `Tests/<folder>/Golden/<name>`.
///
/// `CAIRN_REWRITE=1 swift test` writes them anew; read the diff, and commit it only if you can say
/// why each line moved.
public enum Golden {
    /// - Returns: `nil` when `text` is what the file holds, else where the two part.
    public static func difference(
        _ text: String, from name: String, test file: String = #filePath
    ) throws -> String? {
        let folder = "/" + file.split(separator: "/").dropLast().joined(separator: "/") + "/Golden"
        let path = folder + "/" + name
        if getenv("CAIRN_REWRITE") != nil {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return nil
        }
        guard let wanted = FileManager.default.contents(atPath: path) else {
            return "\(name) is not there; run the tests with CAIRN_REWRITE=1 and read what it wrote"
        }
        let want = String(decoding: wanted, as: UTF8.self)
        return text == want ? nil : firstDifference(got: text, want: want, in: name)
    }

    private static func firstDifference(got: String, want: String, in name: String) -> String {
        let split = { (text: String) in
            text.split(separator: "\n", omittingEmptySubsequences: false)
        }
        let (got, want) = (split(got), split(want))
        let line = zip(got, want).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let index = line ?? min(got.count, want.count)
        let at = { (lines: [Substring]) in index < lines.count ? String(lines[index]) : "(the end)"
        }
        return "\(name):\(index + 1)\n  got:  \(at(got))\n  want: \(at(want))"
    }
}
