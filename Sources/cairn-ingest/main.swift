import Exposition
import FileBlobs
import Glibc
import IngestService
import Messages
import Ports
import SQLiteStores
import ServiceProgram

let main = ServiceMain(.ingest) { environment in
    let catalogPath = environment.folder + "/catalog.sqlite"
    let log = environment.log
    let service = IngestService(
        catalog: try SQLiteIngestCatalog(path: catalogPath),
        chunks: try PackStore(folder: environment.folder + "/chunks"), clock: environment.clock
    ) { log.warning($0) }
    let routes = service.routes()
    let courier = try environment.courier(
        of: catalogPath, to: "evaluator", doorbell: service.doorbell)
    var running: [@Sendable () async throws -> Void] = [{ try await courier.run() }]
    let pace = Int(environment.arguments.number("scrub-mib-per-second") ?? 0) << 20
    if pace > 0 { running.append { try await service.scrub(bytesPerSecond: pace) } }
    return ServiceParts(routes: routes, running: running) {
        IngestFigures.families(
            try await InMemoryChannel(routes).call(
                IngestMethods.getIngestStatus, GetIngestStatus()))
    }
}
exit(await main.run())
