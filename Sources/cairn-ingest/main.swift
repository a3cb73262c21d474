import Exposition
import FileBlobs
import Glibc
import IngestService
import Messages
import Ports
import SQLiteStores
import ServiceKit
import ServiceProgram

let main = ServiceMain(.ingest) { environment in
    let catalogPath = environment.folder + "/catalog.sqlite"
    let log = environment.log
    let service = IngestService(
        catalog: try SQLiteIngestCatalog(path: catalogPath),
        chunks: try PackStore(folder: environment.folder + "/chunks"), clock: environment.clock
    ) { log.warning($0) }
    let routes = service.routes()
    let courier = OutboxCourier(
        store: try SQLiteOutbox(path: catalogPath), destination: "evaluator",
        channel: try environment.channel(to: "evaluator"), clock: environment.clock,
        doorbell: service.doorbell
    ) { log.info($0, ["courier": "evaluator"]) }
    return ServiceParts(routes: routes) {
        try await courier.run()
    } metrics: {
        IngestFigures.families(
            try await InMemoryChannel(routes).call(
                IngestMethods.getIngestStatus, GetIngestStatus()))
    }
}
exit(await main.run())
