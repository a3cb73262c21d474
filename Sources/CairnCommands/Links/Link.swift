import CairnCore
import CommandTable
import Messages
import Ports
import TCPTransport

/// A service as a command calls it: errors say which service at which address, and what to do.
struct Link: Sendable {
    let service: ServiceName
    let address: String
    let channel: TCPChannel
    let deadline: Duration

    func call<Request, Reply>(_ method: Method<Request, Reply>, _ request: Request) async throws
        -> Reply
    {
        try await explaining {
            try await channel.call(method, request, CallOptions(deadline: deadline))
        }
    }

    /// For streams that end by themselves, however long they are.
    func stream<Request, Reply, Result>(
        _ method: Method<Request, Reply>, _ request: Request,
        _ body: (Incoming<Reply>) async throws -> Result
    ) async throws -> Result {
        try await explaining { try await channel.stream(method, request, .endless, body) }
    }

    func collect<Request, Reply>(_ method: Method<Request, Reply>, _ request: Request) async throws
        -> [Reply]
    {
        try await stream(method, request) { replies in
            var all: [Reply] = []
            while let next = try await replies.next() { all.append(next.body) }
            return all
        }
    }

    func upload<Request, Reply>(
        _ method: Method<Request, Reply>, _ body: (Outgoing<Request>) async throws -> Void
    ) async throws -> Reply {
        try await explaining { try await channel.upload(method, .endless, body) }
    }

    func explaining<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RPCError {
            switch error.code {
            case .unavailable, .deadlineExceeded:
                throw CommandError(
                    "\(service) at \(address) does not answer: \(error.text). `cairn status` says "
                        + "what runs; `cairn up` starts the services on this machine.")
            case .invalidArgument: throw UsageError(error.text)
            default: throw error
            }
        }
    }
}

extension CommandContext {
    /// Runs `body` with a way to call a service.
    func withLink<Result: Sendable>(
        to service: ServiceName, _ body: @Sendable (Link) async throws -> Result
    ) async throws -> Result {
        let text = try address(of: service)
        guard let address = SocketAddress(text) else {
            throw UsageError("--\(service) needs HOST:PORT, not '\(text)'")
        }
        let deadline: Duration = .seconds(
            arguments.command.flags.contains { $0.name == "deadline-seconds" }
                ? arguments.number("deadline-seconds") ?? 30 : 30)
        return try await EventLoops.with { loops in
            try await TCPChannel.with(
                to: address, loops: loops, options: ClientOptions(name: "cairn")
            ) {
                try await body(
                    Link(service: service, address: text, channel: $0, deadline: deadline))
            }
        }
    }

    /// From the flag or the environment, else from this user's last `cairn up`, else the usual port.
    func address(of service: ServiceName) throws -> String {
        let hasFlag = arguments.command.flags.contains { $0.name == service.rawValue }
        if hasFlag, let text = arguments.text(service.rawValue) { return text }
        if let data = try LastUp.data(environment), let state = try FleetState.read(data),
            let known = state.services.first(where: { $0.name == service.rawValue })
        {
            return known.address
        }
        return service.standardAddress
    }
}
