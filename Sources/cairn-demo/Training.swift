import CairnClient
import CairnCore
import CommandTable
import Digits
import TCPTransport
import VersionFolders

/// A trainer: a small network, Adam, a checkpoint and metrics after every epoch, a version at the
/// end.
struct Training {
    private let memory = SnapshotMemory()
    private let addresses: ServiceAddresses
    private let data: DemoData
    private let version: VersionNumber
    private let parent: VersionNumber?
    private let recipe: Recipe
    private let epochs: Int
    static let model = "digits"

    init(_ arguments: Arguments) throws {
        addresses = DemoAddresses.of(portBase: try arguments.port("port-base"))
        data = try DemoData(path: arguments.required("data"))
        let text = try arguments.required("version")
        guard let version = VersionNumber(text) else {
            throw UsageError("--version is '\(text)'; expected one as 1.2.0")
        }
        self.version = version
        parent = arguments.text("parent").flatMap { VersionNumber($0) }
        guard let recipe = Recipe(rawValue: try arguments.required("recipe")) else {
            throw UsageError("--recipe is unknown")
        }
        self.recipe = recipe
        epochs = Int(arguments.number("epochs") ?? 1)
    }

    func run() async throws {
        let images = recipe.images(from: data.train)
        try await withClient(of: addresses, named: "trainer") { client in
            let run = try await client.ingest.startRun(
                model: Self.model, name: "\(version)",
                params: [
                    "recipe": recipe.rawValue, "epochs": "\(epochs)", "hidden": "48",
                    "optimizer": "adam", "images": "\(images.count)",
                ])
            let log = MetricLog(of: run, to: client.ingest, interval: .milliseconds(50))
            let checkpoints = Checkpointer(
                to: client.ingest, whenBusy: .queue(most: epochs))
            let trainer = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await log.send() }
                group.addTask { try await checkpoints.send() }
                let trainer = try train(on: images, run, log, checkpoints)
                log.finish()
                checkpoints.finish()
                try await group.waitForAll()
                return trainer
            }
            var request = PushRequest(
                model: Self.model, run: run, step: Int64(trainer.step), version: .number(version),
                metrics: ["train_accuracy": trainer.network.accuracy(on: images)])
            request.parent = parent
            request.note = "\(recipe.rawValue), \(epochs) epochs"
            let result = try await client.ingest.push(files(of: trainer), request)
            try await client.ingest.finishRun(run)
            print("\(Self.model)@\(version) manifest \(result.manifest.hex)")
        }
    }

    private func train(
        on images: DigitImages, _ run: RunID, _ log: MetricLog, _ checkpoints: Checkpointer
    ) throws -> Trainer {
        var trainer = Trainer(hidden: 48, seed: 7)
        for epoch in 1...max(1, epochs) {
            let loss = trainer.epoch(over: images)
            log.log("loss", loss, step: Int64(epoch))
            log.log("train_accuracy", trainer.network.accuracy(on: images), step: Int64(epoch))
            try checkpoints.save(
                files(of: trainer),
                PushRequest(model: Self.model, run: run, step: Int64(trainer.step)))
        }
        return trainer
    }

    private func files(of trainer: Trainer) -> [CheckpointFile] {
        [
            ("model.safetensors", trainer.network.parameters),
            ("optimizer.safetensors", trainer.moments),
        ].map { name, tensors in
            Safetensors.encode(tensors).withUnsafeBytes { memory.copy($0, as: name) }
        }
    }
}

/// Where the services are, as the demo's parts are told.
enum DemoAddresses {
    static func of(portBase base: UInt16) -> ServiceAddresses {
        ServiceAddresses(
            ingest: .tcp(host: "127.0.0.1", port: base),
            evaluator: .tcp(host: "127.0.0.1", port: base + 1),
            controller: .tcp(host: "127.0.0.1", port: base + 2))
    }
}
