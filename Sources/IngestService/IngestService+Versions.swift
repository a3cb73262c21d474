import Messages
import Ports

extension IngestService {
    func addVersions(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.resolveVersion) { [self] request, _ in
            try await ask { desk, _ in try desk.resolve(request) }
        }
        routes.unary(IngestMethods.listVersions) { [self] request, _ in
            try await ask { desk, _ in try desk.versions(request) }
        }
        routes.unary(IngestMethods.listModels) { [self] _, _ in
            try await ask { desk, _ in try desk.models() }
        }
        routes.unary(IngestMethods.createVersion) { [self] request, _ in
            let made = try await ask { desk, now in try desk.createVersion(request, at: now) }
            doorbell.ring()
            return made
        }
        routes.unary(IngestMethods.setAlias) { [self] request, _ in
            try await ask { desk, _ in try desk.setAlias(request) }
        }
        routes.unary(IngestMethods.deleteVersion) { [self] request, _ in
            try await ask { desk, now in try desk.delete(request, at: now) }
        }
        routes.unary(IngestMethods.retainVersions) { [self] request, _ in
            try await ask { desk, now in try desk.retain(request, at: now) }
        }
        routes.unary(IngestMethods.pinVersion) { [self] request, _ in
            try await ask { desk, now in try desk.pin(request, at: now) }
            return Done()
        }
        routes.unary(IngestMethods.unpinVersion) { [self] request, _ in
            try await ask { desk, _ in try desk.unpin(request) }
            return Done()
        }
    }
}
