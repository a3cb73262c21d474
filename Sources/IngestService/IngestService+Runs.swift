import Messages
import Ports

extension IngestService {
    func addRuns(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.startRun) { [self] request, _ in
            try await ask { desk, now in try desk.startRun(request, at: now) }
        }
        routes.unary(IngestMethods.logMetrics) { [self] request, _ in
            try await ask { desk, _ in try desk.logMetrics(request) }
        }
        routes.unary(IngestMethods.finishRun) { [self] request, _ in
            try await ask { desk, now in try desk.finishRun(request, at: now) }
            return Done()
        }
        routes.unary(IngestMethods.getRun) { [self] request, _ in
            try await ask { desk, _ in try desk.run(request) }
        }
        routes.unary(IngestMethods.listRuns) { [self] request, _ in
            try await ask { desk, _ in try desk.runs(request) }
        }
        // Run by run, so that the history of a model is never in memory as a whole.
        routes.serverStream(IngestMethods.getMetricHistory) { [self] request, replies, _ in
            for run in try await ask({ desk, _ in try desk.runsOfHistory(request) }) {
                let parts = try await ask { desk, _ in try desk.history(of: request.key, run: run) }
                for part in parts { try await replies.send(part) }
            }
        }
    }
}
