import ControllerService
import Exposition
import Glibc
import LinuxHost
import Messages
import Ports
import SQLiteStores
import ServiceProgram

let main = ServiceMain(.controller) { environment in
    let storePath = environment.folder + "/controller.sqlite"
    let log = environment.log
    let store = try SQLiteControllerStore(path: storePath)
    let clock = SteadyClock(notBefore: try store.lastTime())
    let service = ControllerService(
        store: store, evaluator: try environment.channel(to: "evaluator"), clock: clock,
        metrics: try metrics(environment)
    ) { id, text in
        log.info(text, ["notice": id])
    } log: {
        log.warning($0)
    }
    try await service.load()
    let routes = service.routes()
    let courier = try environment.courier(
        of: storePath, to: "ingest", doorbell: service.doorbell)
    let alerts = try alertsServer(environment, service)
    return ServiceParts(
        routes: routes,
        running: [
            { try await service.run() },
            { try await courier.run() },
            { await alerts?.run() },
        ]
    ) {
        ControllerFigures.families(
            try await InMemoryChannel(routes).call(
                ControllerMethods.getControllerStatus, GetControllerStatus()))
    }
}
exit(await main.run())
