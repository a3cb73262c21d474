import EvaluatorService
import Exposition
import Glibc
import LinuxHost
import Messages
import Ports
import SQLiteStores
import ServiceKit
import ServiceProgram
import VersionFolders

let main = ServiceMain(.evaluator) { environment in
    let storePath = environment.folder + "/evaluator.sqlite"
    let log = environment.log
    let files = try EvaluationFolder(path: environment.folder)
    var restorer = VersionFolders(
        from: IngestSource(try environment.channel(to: "ingest")),
        queues: WorkQueues(label: "evaluator.restore"))
    restorer.existing = .replace  // Work folders are the evaluator's alone.
    var settings = EvaluatorSettings()
    if let count = environment.arguments.number("jobs") { settings.runnerCount = Int(count) }
    let service = EvaluatorService(
        store: try SQLiteEvaluationStore(path: storePath), files: files, restorer: restorer,
        runner: ProcessRunner(owner: files.owner), clock: environment.clock, settings: settings
    ) { log.warning($0) }
    let routes = service.routes()
    let courier = OutboxCourier(
        store: try SQLiteOutbox(path: storePath), destination: "controller",
        channel: try environment.channel(to: "controller"), clock: environment.clock,
        doorbell: service.doorbell
    ) { log.info($0, ["courier": "controller"]) }
    return ServiceParts(routes: routes) {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            group.addTask { try await courier.run() }
            try await group.waitForAll()
        }
    } metrics: {
        EvaluatorFigures.families(
            try await InMemoryChannel(routes).call(
                EvaluatorMethods.getEvaluatorStatus, GetEvaluatorStatus()))
    }
}
exit(await main.run())
