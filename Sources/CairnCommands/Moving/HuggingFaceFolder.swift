import CairnCore
import HDF5Files
import LinuxHost
import Ports
import VersionFolders

/// A folder as Hugging Face's tools write one: `config.json`, tokenizer, shards and their index.
enum HuggingFaceFolder {
    private static let indexSuffix = ".index.json"
    /// What the tools keep beside the model.
    private static let ownFolders = [".git/", ".cache/", ".dvc/"]

    /// - Returns: the files without what tools keep for themselves.
    static func withoutOwnFolders(_ files: [CheckpointFile]) -> [CheckpointFile] {
        files.filter { file in !ownFolders.contains { file.path.hasPrefix($0) } }
    }

    static func isOne(_ files: [CheckpointFile]) -> Bool {
        files.contains { $0.path == "config.json" }
            && files.contains {
                $0.path.hasSuffix(".safetensors") || $0.path.hasSuffix(".bin")
                    || $0.path.hasSuffix(indexSuffix)
            }
    }

    /// Checks that every shard of every index is there with its tensors, and reads `config.json`.
    static func read(
        _ folder: String, _ files: [CheckpointFile]
    ) async throws -> ImportedCheckpoint {
        for file in files where file.path.hasSuffix(indexSuffix) && !file.path.contains("/") {
            try await checkShards(folder, file.path, files)
        }
        var config: [String: String] = [:]
        guard case .object(let members) = try json(folder, "config.json") else {
            throw CommandError("\(folder)/config.json is no JSON object")
        }
        for member in members {
            config["hf.\(member.name)"] = String(member.value.asText.prefix(4_096))
        }
        return ImportedCheckpoint(kind: "Hugging Face folder", files: files, config: config)
    }

    private static func json(_ folder: String, _ name: String) throws -> JSONText {
        let text = String(decoding: try Files.require(folder + "/" + name), as: UTF8.self)
        do throws(JSONError) {
            return try JSONText(parsing: text)
        } catch { throw CommandError("\(folder)/\(name) is \(error.description)") }
    }

    private static func checkShards(
        _ folder: String, _ index: String, _ files: [CheckpointFile]
    ) async throws {
        guard case .object(let members) = try json(folder, index),
            case .object(let map) = members.first(where: { $0.name == "weight_map" })?.value
        else { throw CommandError("\(folder)/\(index) has no weight_map") }
        var wanted: [String: Set<String>] = [:]
        for entry in map { wanted[entry.value.asText, default: []].insert(entry.name) }
        let queues = WorkQueues(label: "import")
        for (shard, names) in wanted.sorted(by: { $0.key < $1.key }) {
            guard files.contains(where: { $0.path == shard }) else {
                throw CommandError(
                    "\(shard) is named by \(index) and is not there: the download is not "
                        + "complete. Nothing was imported")
            }
            let file = try await LocalFile(folder + "/" + shard, queues: queues)
            let table = try await HDF5Tables().table(of: file)
            if let problem = table.problem {
                throw CommandError("\(shard) is damaged: \(problem). Nothing was imported")
            }
            // A pickle of another kind than PyTorch's zip has no table.
            if table.format == .opaque { continue }
            let there = Set((table.tensors + table.views).map(\.name) + table.others.map(\.name))
            let missing = names.subtracting(there).sorted()
            guard missing.isEmpty else {
                throw CommandError(
                    "\(shard) lacks \(missing.count) tensors that \(index) names, as "
                        + "'\(missing[0])'. Nothing was imported")
            }
        }
    }
}
