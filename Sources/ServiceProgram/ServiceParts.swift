import Exposition
import Ports

/// What a service brings to its program.
public struct ServiceParts: Sendable {
    /// The calls that it answers.
    public let routes: RPCRoutes
    /// What it does beside answering, until cancelled: couriers, timers, jobs.
    public let run: @Sendable () async throws -> Void
    /// Its own figures for `/metrics`.
    public let metrics: @Sendable () async throws -> [MetricFamily]

    /// - Parameter tasks: what it does beside answering, side by side.
    public init(
        routes: RPCRoutes, running tasks: [@Sendable () async throws -> Void],
        metrics: @escaping @Sendable () async throws -> [MetricFamily]
    ) {
        self.routes = routes
        self.metrics = metrics
        run = {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in tasks { group.addTask { try await task() } }
                // The first that throws ends the others, which `waitForAll` would not.
                while try await group.next() != nil {}
            }
        }
    }
}
