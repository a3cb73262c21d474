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
    return ServiceParts(
        routes: routes,
        running: [
            { try await courier.run() }
        ]
    ) {
        IngestFigures.families(
            try await InMemoryChannel(routes).call(
                IngestMethods.getIngestStatus, GetIngestStatus()))
    }
}
exit(await main.run())
