import Digits
import Glibc
import LinuxHost
import Synchronization

/// The serving program on a host: answers with the class of an image, from the version that the
/// agent's folder holds for the arm that was asked.
///
/// Lines: `predict stable|candidate 64 pixels` → `class manifest`; `reload` → `ok stable candidate`
/// once the folder's present versions are in memory. This is a user's program, not a part of Cairn.
final class DigitServer: Sendable {
    private struct Loaded {
        var manifest: String
        var network: Network
    }

    private let folder: String
    private let arms = Mutex<[String: Loaded]>([:])

    init(folder: String) { self.folder = folder }

    /// Loads what the links `stable` and `candidate` point to; an arm without a link is dropped.
    func reload() throws -> String {
        var fresh: [String: Loaded] = [:]
        for arm in ["stable", "candidate"] {
            guard let target = Files.linkTarget("\(folder)/\(arm)") else { continue }
            let manifest = String(target.split(separator: "/").last ?? "")
            let known = arms.withLock { $0.values.first { $0.manifest == manifest } }
            if let known {
                fresh[arm] = known
                continue
            }
            let bytes = try Files.require("\(folder)/\(arm)/model.safetensors")
            guard let network = Network(tensors: try Safetensors.decode(bytes)) else {
                throw HostError("\(arm): these tensors are not a digit network")
            }
            fresh[arm] = Loaded(manifest: manifest, network: network)
        }
        arms.withLock { $0 = fresh }
        return "ok \(fresh["stable"]?.manifest ?? "-") \(fresh["candidate"]?.manifest ?? "-")"
    }

    func answer(_ line: String) throws -> String {
        let words = line.split(separator: " ")
        switch words.first {
        case "reload": return try reload()
        case "predict" where words.count == 2 + DigitImages.pixelCount:
            let pixels = words.dropFirst(2).compactMap { Float($0) }
            guard pixels.count == DigitImages.pixelCount else {
                return "error: pixels are 64 numbers"
            }
            guard let loaded = arms.withLock({ $0[String(words[1])] }) else {
                return "error: no \(words[1]) version is loaded"
            }
            return "\(loaded.network.prediction(for: pixels[...])) \(loaded.manifest)"
        default: return "error: expected predict ARM 64 PIXELS, or reload"
        }
    }
}

/// `cairn-demo serve --dir DIR --port N`
func serve(folder: String, port: UInt16) throws -> Never {
    let digits = DigitServer(folder: folder)
    let server = try LineServer(port: port)
    logLine("serving from \(folder) on port \(server.port): \(try digits.reload())")
    try server.run { socket in
        while let line = try socket.readLine() {
            do {
                try socket.writeLine(try digits.answer(line))
            } catch let error as Safetensors.FormatError {
                try socket.writeLine("error: \(error)")
            }
        }
    }
}

/// `cairn-demo reload --port N`: what the agent runs after it switched the links.
func reload(port: UInt16) throws {
    let answer = try LineSocket(port: port).ask("reload")
    guard answer.hasPrefix("ok ") else { throw HostError("the serving program says: \(answer)") }
    print(answer)
}
