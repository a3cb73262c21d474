import CairnCore
import ControllerService
import Exposition
import Glibc
import HTTPClient
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
    let notices = try SQLiteNotices(path: storePath)
    let endpoints = try NoticeEndpoints.read(environment)
    let service = ControllerService(
        store: store, evaluator: try environment.channel(to: "evaluator"), clock: clock,
        lease: lease, metrics: try metrics(environment), notices: notices, endpoints: endpoints,
        compactAfter: environment.arguments.number("compact-days").flatMap {
            $0 == 0 ? nil : .seconds(86_400 * Int64($0))
        }
    ) { id, text in
        log.info(text, ["notice": id])
    } log: {
        log.warning($0)
    }
    try await service.load()
    let routes = service.routes()
    let courier = try environment.courier(
        of: storePath, to: "ingest", doorbell: service.doorbell)
    let postman = NoticeCourier(
        store: notices, endpoints: endpoints, http: CurlHTTPCaller(),
        run: { words, limit, variables in
            try await TimedCommand(words, limit: limit).run(with: variables)
        }, clock: clock, doorbell: service.noticeBell
    ) {
        log.warning($0)
    }
    let alerts = try alertsServer(environment, service)
    return ServiceParts(
        routes: routes,
        running: [
            { try await service.run() },
            { try await courier.run() },
            { try await postman.run() },
            { await alerts?.run() },
        ]
    ) {
        ControllerFigures.families(
            try await InMemoryChannel(routes).call(
                ControllerMethods.getControllerStatus, GetControllerStatus()), at: clock.now())
    }
}
exit(await main.run())
