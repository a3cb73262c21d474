import CairnCore
import LinuxHost
import Ports
import TCPTransport

/// The three services, as a trainer, a serving program or a tool calls them.
///
/// Connects at the first call of each, and again whenever it has to. Lives in `withClient`.
public struct CairnClient: Sendable {
    public let ingest: IngestClient
    public let evaluator: EvaluatorClient
    public let controller: ControllerClient
    let retries: Retries
    let name: String

    init(
        ingest: any RPCChannel, bulk: any RPCChannel, evaluator: any RPCChannel,
        controller: any RPCChannel, watching: any RPCChannel, name: String, retries: Retries,
        clock: any WallClock
    ) {
        self.ingest = IngestClient(ingest, bulk: bulk, retries: retries, clock: clock)
        self.evaluator = EvaluatorClient(evaluator)
        self.controller = ControllerClient(controller, watching: watching, retries: retries)
        (self.retries, self.name) = (retries, name)
    }
}

/// Runs `body` with a client that is closed after it.
///
/// ```swift
/// try await withClient(named: "trainer") { client in
///     let run = try await client.ingest.startRun(model: "digits", params: ["lr": "0.001"])
///     try await client.ingest.push(files, PushRequest(model: "digits", run: run, version: .auto))
/// }
/// ```
///
/// - Parameters:
///   - addresses: where the services are.
///   - name: who calls, for their logs; at most 128 bytes.
///   - token: role credentials, where the services ask for some.
public func withClient<Result: Sendable>(
    of addresses: ServiceAddresses = .standard, named name: String, token: [UInt8] = [],
    retries: Retries = Retries(), _ body: (CairnClient) async throws -> Result
) async throws -> Result {
    try await EventLoops.with { loops in
        var options = ClientOptions(name: name)
        options.token = token
        let channels = [
            addresses.ingest, addresses.ingest, addresses.evaluator, addresses.controller,
            addresses.controller,
        ].map { TCPChannel(to: $0, loops: loops, options: options) }
        func retrying(_ index: Int, _ service: String, _ address: SocketAddress) -> RetryingChannel
        {
            RetryingChannel(
                channels[index], service: service, address: address.description, retries: retries)
        }
        let client = CairnClient(
            ingest: retrying(0, "ingest", addresses.ingest),
            bulk: retrying(1, "ingest", addresses.ingest),
            evaluator: retrying(2, "evaluator", addresses.evaluator),
            controller: retrying(3, "controller", addresses.controller),
            watching: channels[4], name: name, retries: retries, clock: SystemClock())
        do {
            let result = try await body(client)
            for channel in channels { await channel.close() }
            return result
        } catch {
            for channel in channels { await channel.close() }
            throw error
        }
    }
}
