import ControllerService
import Exposition
import Glibc
import LinuxHost
import Messages
import Ports
import SQLiteStores
import ServiceKit
import ServiceProgram

let main = ServiceMain(.controller) { environment in
    let storePath = environment.folder + "/controller.sqlite"
    let log = environment.log
    let store = try SQLiteControllerStore(path: storePath)
    let clock = SteadyClock(notBefore: try store.lastTime())
    let service = ControllerService(
        store: store, evaluator: try environment.channel(to: "evaluator"), clock: clock
    ) { id, text in
        log.info(text, ["notice": id])
    } log: {
        log.warning($0)
    }
    try await service.load()
    let routes = service.routes()
    let courier = OutboxCourier(
        store: try SQLiteOutbox(path: storePath), destination: "ingest",
        channel: try environment.channel(to: "ingest"), clock: environment.clock,
        doorbell: service.doorbell
    ) { log.info($0, ["courier": "ingest"]) }
    return ServiceParts(routes: routes) {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            group.addTask { try await courier.run() }
            try await group.waitForAll()
        }
    } metrics: {
        ControllerFigures.families(
            try await InMemoryChannel(routes).call(
                ControllerMethods.getControllerStatus, GetControllerStatus()))
    }
}
exit(await main.run())
