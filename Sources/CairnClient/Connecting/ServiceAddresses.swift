import Ports
import TCPTransport

/// Where the three services are.
public struct ServiceAddresses: Sendable, Equatable {
    public var ingest: SocketAddress
    public var evaluator: SocketAddress
    public var controller: SocketAddress

    /// What `cairn up` uses.
    public static let standard = ServiceAddresses(
        ingest: .tcp(host: "127.0.0.1", port: 7401),
        evaluator: .tcp(host: "127.0.0.1", port: 7402),
        controller: .tcp(host: "127.0.0.1", port: 7403))

    public init(ingest: SocketAddress, evaluator: SocketAddress, controller: SocketAddress) {
        (self.ingest, self.evaluator, self.controller) = (ingest, evaluator, controller)
    }

    /// From `CAIRN_INGEST`, `CAIRN_EVALUATOR` and `CAIRN_CONTROLLER`, each HOST:PORT or unix:PATH;
    /// what is not set is as `cairn up` has it.
    public init(environment: [String: String]) throws {
        func address(_ name: String, _ standard: SocketAddress) throws -> SocketAddress {
            guard let text = environment[name] else { return standard }
            guard let address = SocketAddress(text) else {
                throw RPCError(
                    .invalidArgument, "\(name) is '\(text)'; expected HOST:PORT or unix:PATH")
            }
            return address
        }
        self.init(
            ingest: try address("CAIRN_INGEST", Self.standard.ingest),
            evaluator: try address("CAIRN_EVALUATOR", Self.standard.evaluator),
            controller: try address("CAIRN_CONTROLLER", Self.standard.controller))
    }
}
