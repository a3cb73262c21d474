import CairnCore
import ControllerService
import Deployment
import Messages
import Ports
import Routing

/// What somebody was told, and what must therefore hold for ever.
struct Promises {
    struct Push {
        let number: VersionNumber
        let manifest: Digest
        let checkpoint: [UInt8]
    }

    private(set) var pushes: [Push] = []
    private var manifests: Set<Digest> = []
    private(set) var answers: [EventID: Bool] = [:]
    /// By target: attempts that are over with traffic turned back, and the epoch at which they were.
    private var turnedBack: [[UInt64: UInt64]]
    /// By target: the newest table that was told.
    private var tables: [(route: Deployment.Route, table: ServingTable)?]
    private(set) var contradiction: String?
    var crashCount = 0
    var staleWriteCount = 0

    init(targetCount: Int) {
        turnedBack = Array(repeating: [:], count: targetCount)
        tables = Array(repeating: nil, count: targetCount)
    }

    /// - Returns: false when the number was promised to another checkpoint.
    mutating func push(_ number: VersionNumber, _ manifest: Digest, checkpoint: [UInt8]) -> Bool {
        if let known = pushes.first(where: { $0.number == number }) {
            return known.checkpoint == checkpoint && known.manifest == manifest
        }
        pushes.append(Push(number: number, manifest: manifest, checkpoint: checkpoint))
        manifests.insert(manifest)
        return true
    }

    mutating func answer(_ request: EventID, changed: Bool) {
        if let known = answers.updateValue(changed, forKey: request), known != changed {
            contradiction = "a request is answered once: \(request) was answered in two ways"
        }
    }

    mutating func see(_ target: Target, _ index: Int) {
        guard let attempt = target.attempt else { return }
        switch attempt.phase {
        case .rolledBack, .aborted, .superseded:
            if turnedBack[index][attempt.number] == nil {
                turnedBack[index][attempt.number] = target.route.epoch
            }
        case .queued, .preflight, .step, .watching, .promoted, .rollingBack, .rejected,
            .failedRollback:
            break
        }
    }

    /// Rule 7: nothing is routed that nobody was told of.
    mutating func publish(_ route: Deployment.Route, of target: Target) {
        for release in [route.stable, route.candidate].compactMap({ $0 })
        where !manifests.contains(release.manifest) {
            contradiction =
                "rule 7: \(release) is routed and nobody was told that it was committed"
        }
    }

    /// What hosts are told of a route, checked as they check it.
    mutating func table(_ route: Deployment.Route, of target: Target, _ world: World)
        -> ServingTable?
    {
        guard let index = world.targets.firstIndex(of: target.name) else { return nil }
        if let known = tables[index], known.route == route { return known.table }
        do throws(TableError) {
            let table = try ServingTable(checking: RouteTable(route, of: target))
            tables[index] = (route, table)
            return table
        } catch {
            contradiction = "I1: a table that no host takes was told: \(error)"
            return nil
        }
    }

    /// I3.
    func checkTurnedBack(_ table: ServingTable, _ host: SimulatedHost) -> String? {
        guard let epoch = turnedBack[host.target][table.attempt], table.epoch > epoch,
            let candidate = table.candidate, candidate.weight > .zero
        else { return nil }
        return
            "I3: \(host.name) serves the candidate of attempt \(table.attempt), which has ended"
    }
}
