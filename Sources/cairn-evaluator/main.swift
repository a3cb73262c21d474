import EvaluatorService
import Exposition
import Glibc
import LinuxHost
import Messages
import Ports
import SQLiteStores
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
    try await service.recover()
    let routes = service.routes()
    let courier = try environment.courier(
        of: storePath, to: "controller", doorbell: service.doorbell)
    return ServiceParts(
        routes: routes,
        running: [
            { try await service.run() },
            { try await courier.run() },
        ]
    ) {
        EvaluatorFigures.families(
            try await InMemoryChannel(routes).call(
                EvaluatorMethods.getEvaluatorStatus, GetEvaluatorStatus()))
    }
}
exit(await main.run())
