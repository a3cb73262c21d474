import CairnCore
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
    let sqlite = try SQLiteControllerStore(path: storePath)
    let store: any ControllerStore =
        KillingStore(sqlite, at: getenv("CAIRN_KILL_AT_RECORD").map { String(cString: $0) })
        ?? sqlite
    var lease: ControllerLease?
    if let seconds = environment.arguments.number("lease-seconds") {
        lease = try await ControllerLease.taken(
            from: store, for: "process \(getpid())", length: .seconds(seconds),
            clock: SteadyClock()
        ) { log.info($0) }
    }
    // Only now: another may have written until this one led.
    let clock = SteadyClock(notBefore: try store.lastTime())
    let service = ControllerService(
        store: store, evaluator: try environment.channel(to: "evaluator"), clock: clock,
        lease: lease
    ) { id, text in
        log.info(text, ["notice": id])
    } log: {
        log.warning($0)
    }
    try await service.load()
    let routes = service.routes()
    let courier = try environment.courier(
        of: storePath, to: "ingest", doorbell: service.doorbell)
    return ServiceParts(
        routes: routes,
        running: [
            { try await service.run() },
            { try await courier.run() },
        ]
    ) {
        ControllerFigures.families(
            try await InMemoryChannel(routes).call(
                ControllerMethods.getControllerStatus, GetControllerStatus()))
    }
}
exit(await main.run())
