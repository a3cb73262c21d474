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
    // Metrics work on blocks of the same size, again and again.
    LargeBlocks.keep()
    environment.log.info(ProcessRunner.memoryLimit)
    let storePath = environment.folder + "/evaluator.sqlite"
    let log = environment.log
    let places = try WorkerPlaces(in: environment.folder)
    let files = try EvaluationFolder(path: environment.folder, worker: places.name)
    var restorer = VersionFolders(
        from: IngestSource(try environment.channel(to: "ingest")),
        queues: WorkQueues(label: "evaluator.restore"))
    restorer.existing = .replace  // Work folders are the evaluator's alone.
    var settings = EvaluatorSettings()
    if let count = environment.arguments.number("jobs") { settings.runnerCount = Int(count) }
    settings.runnerUser = environment.arguments.text("runner-user") ?? ""
    if let seconds = environment.arguments.number("lease-seconds") {
        settings.leaseTime = .seconds(seconds)
    }
    if let count = environment.arguments.number("runner-log-count") {
        settings.logRetention.countMax = Int(count)
    }
    if let days = environment.arguments.number("runner-log-days") {
        settings.logRetention.dayCountMax = Int(days)
    }
    if let size = environment.arguments.number("runner-log-mib") {
        settings.logRetention.byteCountMax = UInt64(size) << 20
    }
    let (ours, theirs) = (settings, restorer)
    let stable = ControllerStableVersions(channel: try environment.channel(to: "controller"))
    let service = try await places.startingAlone {
        let service = EvaluatorService(
            store: try SQLiteEvaluationStore(path: storePath), files: files, restorer: theirs,
            runner: ProcessRunner(owner: files.owner) { log.warning($0) }, workers: places,
            stable: stable,
            clock: environment.clock, uptime: UptimeClock(), settings: ours
        ) { log.warning($0) }
        try await service.recover()
        return service
    }
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
