import CairnCore
import Checksums
import CommandTable
import LinuxHost
import Messages
import VersionFolders
import YAMLFiles

/// A model that DVC tracks: its `.dvc` file or its entry in `dvc.lock`, its bytes from the
/// workspace, DVC's cache or a remote that is a folder.
///
/// Every byte is checked against the MD5 that DVC wrote down, which DVC itself does not do.
/// Source: DVC's documentation, ".dvc Files", "dvc.lock", "Internal Files and Directories".
struct DVCTracked {
    /// One of the outs.
    struct Out {
        let path: String
        let md5: String
        /// DVC 2 wrote none: there lines end as on Unix before they are hashed.
        let isNamed: Bool
    }

    /// The folder with `.dvc` in it.
    let root: String
    /// Of the `.dvc` file or `dvc.lock`, in the repository.
    let file: String
    let outs: [Out]
    var params: [String: String] = [:]
    var tags: [String: String] = [:]

    /// Whether the file is one of DVC's.
    static func isOne(_ path: String) -> Bool {
        path.hasSuffix(".dvc") || path == "dvc.lock" || path.hasSuffix("/dvc.lock")
    }

    // MARK: Reading what is tracked

    /// - Parameters:
    ///   - text: of the file, today's or of a commit.
    ///   - stage: of `dvc.lock`; `nil` where there is only one.
    init(path: String, text: [UInt8], stage: String?) throws {
        let folder = path.contains("/") ? String(path[..<path.lastIndex(of: "/")!]) : "."
        root = try Self.root(above: folder)
        file = path
        let value: ConfigValue
        do throws(ConfigError) {
            value = try YAMLFile.value(of: text)
        } catch { throw CommandError(error.text(in: path)) }
        let entry = path.hasSuffix(".dvc") ? value : try Self.stage(stage, of: value, path)
        outs = try Self.outs(entry, path).map { out in
            Out(
                path: folder + "/" + (entry["wdir"]?.word.map { $0 + "/" } ?? "") + out.path,
                md5: out.md5, isNamed: out.isNamed)
        }
        tags["import.dvc"] = path
        for out in outs { tags["dvc.md5.\(out.path)"] = out.md5 }
        if let command = entry["cmd"]?.word { tags["dvc.cmd"] = command }
        for dep in entry["deps"]?.items ?? [] {
            if let path = dep["path"]?.word, let md5 = dep["md5"]?.word {
                tags["dvc.dep.\(path)"] = md5
            }
        }
        for file in entry["params"]?.entries ?? [] {
            for param in file.value.entries { params[param.key] = param.value.word ?? "" }
        }
    }

    private static func root(above folder: String) throws -> String {
        var folder = folder
        for _ in 0..<64 {
            if Files.isFolder(folder + "/.dvc") { return folder }
            folder += "/.."
        }
        throw CommandError(
            "no folder above \(folder.prefix { $0 != "." }) has a .dvc folder: this is no DVC "
                + "repository, or the path leads out of it")
    }

    private static func stage(
        _ name: String?, of lock: ConfigValue, _ path: String
    ) throws -> ConfigValue {
        let stages = lock["stages"]?.entries ?? []
        let names = stages.map(\.key).joined(separator: ", ")
        if let name {
            guard let stage = stages.first(where: { $0.key == name }) else {
                throw CommandError("\(path) has no stage '\(name)'; it has \(names)")
            }
            return stage.value
        }
        guard let only = stages.first, stages.count == 1 else {
            throw UsageError("\(path) has the stages \(names); name one with --stage")
        }
        return only.value
    }

    private static func outs(_ entry: ConfigValue, _ path: String) throws -> [Out] {
        let outs = try (entry["outs"]?.items ?? []).compactMap { out -> Out? in
            guard let name = out["path"]?.word, !name.hasPrefix("/"),
                !name.split(separator: "/").contains("..")
            else { throw CommandError("an out of \(path) has no path inside of the repository") }
            // What is not cached has no digest.
            guard let md5 = out["md5"]?.word else { return nil }
            let digits = md5.hasSuffix(".dir") ? md5.dropLast(4) : md5[...]
            guard digits.count == 32, digits.allSatisfy(\.isHexDigit) else {
                throw CommandError("the out '\(name)' of \(path) has the MD5 '\(md5)'")
            }
            return Out(path: name, md5: md5, isNamed: out["hash"]?.word == "md5")
        }
        guard !outs.isEmpty else { throw CommandError("\(path) tracks nothing") }
        return outs
    }

    // MARK: Finding the bytes

    /// The files of all outs, each under the name that it has in the repository.
    func files() throws -> [CheckpointFile] {
        var files: [CheckpointFile] = []
        for out in outs {
            let name = Self.shortened(out.path)
            guard out.md5.hasSuffix(".dir") else {
                files.append(try file(name, out.path, out.md5, out.isNamed))
                continue
            }
            for entry in try listing(out) {
                files.append(
                    try file(
                        name + "/" + entry.path, out.path + "/" + entry.path, entry.md5,
                        out.isNamed))
            }
        }
        return files
    }

    /// `models/w.bin` of `../models/w.bin`.
    private static func shortened(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
        return parts.joined(separator: "/")
    }

    private func file(
        _ name: String, _ workspace: String, _ md5: String, _ isNamed: Bool
    ) throws -> CheckpointFile {
        var damaged: [String] = []
        for path in [workspace] + (try stores(md5, isNamed)) where Files.isFile(path) {
            if try Self.matches(path, md5, isNamed: isNamed) {
                return try CheckpointFile(path: name, source: path)
            }
            damaged.append(path)
        }
        if let path = damaged.last {
            throw CommandError(
                "\(path) does not have the MD5 \(md5) that \(file) names: it was altered, and no "
                    + "good copy is in DVC's cache or a remote that is a folder. Nothing was imported"
            )
        }
        throw CommandError(
            "\(name) with the MD5 \(md5) is neither in the workspace nor in DVC's cache nor in a "
                + "remote that is a folder; run `dvc fetch` first. Nothing was imported")
    }

    private func listing(_ out: Out) throws -> [(path: String, md5: String)] {
        for path in try stores(out.md5, out.isNamed) where Files.isFile(path) {
            let bytes = try Files.require(path)
            let digits = String(out.md5.dropLast(4))
            guard try Self.matches(path, digits, isNamed: true) else {
                throw CommandError("\(path) does not have the MD5 \(digits): it was altered")
            }
            let json: JSONText
            do throws(JSONError) {
                json = try JSONText(parsing: String(decoding: bytes, as: UTF8.self))
            } catch { throw CommandError("\(path), a listing of DVC's, is \(error.description)") }
            guard case .array(let items) = json else {
                throw CommandError("\(path) is no listing of DVC's")
            }
            return try items.map { item in
                guard case .object(let members) = item,
                    case .string(let md5) = members.first(where: { $0.name == "md5" })?.value,
                    case .string(let path) = members.first(where: { $0.name == "relpath" })?.value
                else { throw CommandError("\(path) is no listing of DVC's") }
                return (path, md5)
            }
        }
        throw CommandError(
            "the listing \(out.md5) of \(out.path) is not in DVC's cache; run `dvc fetch` first")
    }

    /// Where an object may lie beside the workspace.
    private func stores(_ md5: String, _ isNamed: Bool) throws -> [String] {
        let object = "\(md5.prefix(2))/\(md5.dropFirst(2))"
        return try ([root + "/.dvc/cache"] + remotes()).flatMap { store in
            let paths = ["\(store)/files/md5/\(object)", "\(store)/\(object)"]
            return isNamed ? paths : paths.reversed()
        }
    }

    /// Remotes that are folders, from DVC's configuration.
    private func remotes() throws -> [String] {
        try ["config", "config.local"].flatMap { name -> [String] in
            guard let text = try Files.readText(root + "/.dvc/" + name) else { return [] }
            return text.split(whereSeparator: \.isNewline).compactMap { line in
                let parts = line.split(separator: "=", maxSplits: 1).map {
                    $0.filter { !$0.isWhitespace }
                }
                guard parts.count == 2, parts[0] == "url", !parts[1].contains("://") else {
                    return nil
                }
                return parts[1].hasPrefix("/") ? parts[1] : root + "/.dvc/" + parts[1]
            }
        }
    }

    private static func matches(_ path: String, _ md5: String, isNamed: Bool) throws -> Bool {
        if try Files.md5(of: path) == md5 { return true }
        return try !isNamed && Files.md5(of: path, asUnixText: true) == md5
    }
}

extension ConfigValue {
    fileprivate subscript(key: String) -> ConfigValue? {
        entries.first { $0.key == key }?.value
    }

    fileprivate var entries: [Entry] {
        if case .map(let entries) = content { entries } else { [] }
    }

    fileprivate var items: [ConfigValue] {
        if case .list(let items) = content { items } else { [] }
    }

    fileprivate var word: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }
}

extension Files {
    /// - Parameter asUnixText: as if its lines ended without a carriage return.
    fileprivate static func md5(of path: String, asUnixText: Bool = false) throws -> String {
        let md5 = MD5()
        try Files.forEachBlock(of: path) { block in
            guard asUnixText else { return md5.add(block) }
            Array(block.filter { $0 != 13 }).withUnsafeBytes { md5.add($0) }
        }
        return md5.finish()
    }
}
