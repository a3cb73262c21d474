import CCurl
import Dispatch
import Ports
import Synchronization

/// Asks servers over HTTP and HTTPS with libcurl: one thread while requests are under way, none else.
///
/// Connections are kept and used again. Proxies and certificates are those of the environment, as
/// `curl` has them.
public final class CurlHTTPCaller: HTTPCaller {
    /// At most so many connections; what is asked beyond waits, its time running.
    public static let connectionsMax = 64

    private struct State {
        var arrived: [Transfer] = []
        var cancelled: [UInt64] = []
        var isDriven = false
        var nextTicket: UInt64 = 0
    }

    private let multi: Multi
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "cairn.http")

    public init(connectionsPerHostMax: Int = 8) {
        multi = Multi(
            connectionsPerHostMax: connectionsPerHostMax, connectionsMax: Self.connectionsMax)
    }

    public func answer(to request: HTTPRequest) async throws -> HTTPAnswer {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                do throws(HTTPFailure) {
                    let transfer = try Transfer(request, ticket) { continuation.resume(with: $0) }
                    tell { $0.arrived.append(transfer) }
                } catch { continuation.resume(throwing: error) }
            }
        } onCancel: {
            tell { $0.cancelled.append(ticket) }
        }
    }

    private func tell(_ change: (inout State) -> Void) {
        let mustStart = state.withLock { state in
            change(&state)
            defer { state.isDriven = true }
            return !state.isDriven
        }
        if mustStart { queue.async { [self] in drive() } } else { multi.wake() }
    }

    /// Until nothing is under way.
    private func drive() {
        var running: [UInt64: Transfer] = [:]
        while true {
            let (arrived, cancelled) = state.withLock { state in
                defer { (state.arrived, state.cancelled) = ([], []) }
                state.isDriven =
                    !running.isEmpty || !state.arrived.isEmpty || !state.cancelled.isEmpty
                return (state.arrived, state.cancelled)
            }
            for transfer in arrived {
                running[transfer.ticket] = transfer
                multi.add(transfer)
            }
            for ticket in cancelled {
                guard let transfer = running.removeValue(forKey: ticket) else { continue }
                multi.remove(transfer)
                transfer.end(.failure(CancellationError()))
            }
            if running.isEmpty {
                if arrived.isEmpty, cancelled.isEmpty { return }
                continue
            }
            let failure = multi.perform()
            while let (ended, code) = multi.ended() {
                guard let transfer = running.values.first(where: { $0.easy == ended }) else {
                    continue
                }
                running[transfer.ticket] = nil
                multi.remove(transfer)
                transfer.end(transfer.result(code))
            }
            if let failure {
                for transfer in running.values {
                    multi.remove(transfer)
                    transfer.end(.failure(HTTPFailure(.unreachable, failure)))
                }
                running = [:]
            }
            if !running.isEmpty { multi.wait() }
        }
    }
}
