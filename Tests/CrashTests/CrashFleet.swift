import CairnClient
import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Synchronization
import TCPTransport

/// The three services as processes that are killed and started again.
final class CrashFleet: Sendable {
    enum Service: Int, CaseIterable, Sendable {
        case ingest, evaluator, controller

        var program: String {
            switch self {
            case .ingest: "cairn-ingest"
            case .evaluator: "cairn-evaluator"
            case .controller: "cairn-deployment-controller"
            }
        }
    }

    private let folder: String
    private let base: UInt16
    private let running = Mutex<[Service: ChildProcess]>([:])

    init(folder: String, base: UInt16) {
        (self.folder, self.base) = (folder, base)
    }

    var addresses: ServiceAddresses {
        ServiceAddresses(
            ingest: .tcp(host: "127.0.0.1", port: base),
            evaluator: .tcp(host: "127.0.0.1", port: base + 1),
            controller: .tcp(host: "127.0.0.1", port: base + 2))
    }

    private func address(_ service: Service) -> String {
        "127.0.0.1:\(base + UInt16(service.rawValue))"
    }

    func start(_ service: Service) throws {
        let log = open("\(folder)/\(service).log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else { throw HostError("no log in \(folder)") }
        defer { close(log) }
        var words = ["--data", folder, "--listen", address(service), "--admin", "none"]
        for peer in Service.allCases where peer != service {
            // Ingest calls nobody but the evaluator.
            if service == .ingest, peer == .controller { continue }
            words += ["--\(peer)", address(peer)]
        }
        let process = try ChildProcess(
            BuiltPrograms.path(service.program), words,
            descriptors: [.init(1, from: log), .init(2, from: log)])
        running.withLock { $0[service] = process }
    }

    /// As the power would: no instruction more.
    func kill(_ service: Service) async throws {
        guard let process = running.withLock({ $0.removeValue(forKey: service) }) else { return }
        process.send(SIGKILL)
        _ = try await process.wait()
    }

    func endAll() async throws {
        for service in Service.allCases {
            guard let process = running.withLock({ $0.removeValue(forKey: service) }) else {
                continue
            }
            process.send(SIGTERM)
            _ = try await process.wait()
        }
    }
}
