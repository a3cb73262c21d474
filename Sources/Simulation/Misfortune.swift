import CairnCore
import Deployment

/// What goes wrong by itself.
extension World {
    func misfortune() throws {
        if isHealed { return }
        after(50 * calm...900 * calm, .misfortune)
        let node = Node.allCases.randomElement(using: &random)!
        switch Int.random(in: 0..<9, using: &random) {
        case 0, 1: if does(.crashes) { try crash(node) }
        case 2:
            if does(.cuts) {
                health[node.rawValue].cutUntil = now + .milliseconds(milliseconds(50...2_000))
                saw(.cut, "cut \(node)")
            }
        case 3, 4: if does(.stops) { stop(node, for: milliseconds(100...5_000)) }
        case 5: if does(.jumps) { jump(node) }
        case 6: if does(.disks) { breakDisk() }
        case 7: if does(.absences) { disturbHost() }
        default:
            if does(.outages) {
                let target = targets.indices.randomElement(using: &random)!
                after(0...1, .outage(target: target, isOn: true))
                after(100...8_000, .outage(target: target, isOn: false))
                saw(.outage, "outage of \(targets[target])")
            }
        }
    }

    func milliseconds(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    // MARK: Processes

    func crash(_ node: Node) throws {
        guard health[node.rawValue].isUp else { return }
        saw(.crash, "crash \(node)")
        promises.crashCount += 1
        health[node.rawValue].isUp = false
        health[node.rawValue].life += 1
        // A stopped process is killed too.
        health[node.rawValue].stoppedUntil = min(health[node.rawValue].stoppedUntil, now)
        if node == .ingest { ingest.losePower(&random, tears: does(.disks)) }
        if let index = node.controller {
            controllers[index].token = nil
            controllers[index].lastMark = nil
            try disk.die(index, &random)
        }
        after(10...800, .restart(node))
    }

    func restart(_ node: Node) throws {
        guard !health[node.rawValue].isUp else { return }
        note("restart \(node)")
        health[node.rawValue].isUp = true
        switch node {
        case .ingest: ingest.restart(seed: random.next())
        case .evaluator: try evaluator.restart(at: now)
        case .firstController, .secondController: try holdLease(node.controller!)
        }
    }

    func stop(_ node: Node, for milliseconds: Int) {
        guard health[node.rawValue].isUp, now > health[node.rawValue].stoppedUntil else { return }
        health[node.rawValue].stoppedUntil = now + .milliseconds(milliseconds)
        saw(.stop, "stop \(node) for \(milliseconds) ms")
    }

    // MARK: Clocks

    /// Its wall clock an hour forth or back; or what it counts by, which should never jump.
    private func jump(_ node: Node) {
        let hour = Duration.seconds(Bool.random(using: &random) ? 3_600 : -3_600)
        setClock(of: node, to: hour)
        if let index = node.controller, Bool.random(using: &random) {
            controllers[index].clockOffset += hour
            planTimers(of: index)
        }
        saw(.clockJump, "clock of \(node) \(hour)")
        after(500...20_000, .clockReturns(node))
    }

    func setClock(of node: Node, to offset: Duration) { health[node.rawValue].wallOffset = offset }

    // MARK: Disks and hosts

    private func breakDisk() {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: disk.fault = .full(hasReserve: Bool.random(using: &random))
        case 1: disk.fault = .failing
        case 2: ingest.breakChunks(&random)
        default: ingest.breakCatalog(&random)
        }
        saw(.diskFault, "disk: \(disk.fault)")
        after(100...1_500, .diskHeals)
    }

    private func disturbHost() {
        let index = hosts.indices.randomElement(using: &random)!
        // Now and then longer than anybody waits for it.
        let away = chance(of: 1, in: 6) ? milliseconds(61_000...70_000) : milliseconds(200...4_000)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: leave(index, for: away, isClean: true)
        case 1: leave(index, for: away, isClean: false)
        case 2: hosts[index].problemUntil = now + .milliseconds(milliseconds(500...6_000))
        default: hosts[index].silentUntil = now + .milliseconds(milliseconds(500...6_000))
        }
        saw(.hostFault, "host \(hosts[index].name) is disturbed")
    }
}
