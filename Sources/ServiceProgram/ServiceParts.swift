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

    public init(
        routes: RPCRoutes, run: @escaping @Sendable () async throws -> Void,
        metrics: @escaping @Sendable () async throws -> [MetricFamily]
    ) {
        (self.routes, self.run, self.metrics) = (routes, run, metrics)
    }
}
