import CairnCore
import Deployment

/// People and programs that ask for things at random, whether they fit or not.
extension World {
    func operate() throws {
        after(40...500, .operate)
        if isHealed { return }
        let target = targets.indices.randomElement(using: &random)!
        guard let event = randomVerb(on: target) else { return }
        let request = EventID(at: now, using: &random)
        // To whoever is thought to lead; a second operator, or the same once more.
        let controller = leader ?? 0
        let letter = Letter.Body.verb(event, target: target, request: request)
        send(letter, to: Node(controller: controller))
        if chance(of: 1, in: 2) { send(letter, to: Node(controller: leader ?? 1)) }
        if chance(of: 1, in: 8) { send(letter, to: Node(controller: 1 - controller)) }
        if chance(of: 1, in: 8) {
            send(
                .verb(event, target: target, request: EventID(at: now, using: &random)),
                to: Node(controller: controller))
        }
    }

    /// What somebody believes who looked at the status, a moment ago or long ago.
    private func randomRequest(on target: Int) -> Event.Request {
        var who = Event.Request(actor: "operator", reason: "random")
        let known = disk.folds[target].target
        switch Int.random(in: 0..<28, using: &random) {
        case 0: who.revision = known.revision
        case 1: who.revision = known.revision &- UInt64.random(in: 0...3, using: &random)
        case 2: who.attempt = known.attempt?.number
        case 3: who.attempt = known.next?.number ?? known.attemptCount &+ 1
        case 4: who.step = known.attempt?.stepIndex
        case 5: who.step = Int.random(in: 0...2, using: &random)
        case 6: who.reason = ""
        default: break
        }
        return who
    }

    /// `nil` where this world has no such verb.
    private func randomVerb(on target: Int) -> Event? {
        let who = randomRequest(on: target)
        let known = disk.folds[target].target
        switch Int.random(in: 0..<40, using: &random) {
        case 0...11: return randomRelease().map { .deploy($0, who) }
        case 12, 13:
            return does(.aborts) ? .abort(quarantines: .random(using: &random), who) : nil
        case 14, 15: return does(.rollbacks) ? randomRollback(known, who) : nil
        case 16, 17: return does(.pauses) ? .pause(who) : nil
        case 18...20: return .resume(who)
        case 21...23: return does(.promotions) ? .promote(full: false, who) : nil
        case 24:
            return does(.promotions)
                ? .promote(full: true, keepsGuards: .random(using: &random), who) : nil
        case 25: return does(.skips) ? .skipStep(who) : nil
        case 26: return does(.skips) ? .goTo(step: .random(in: 0...4, using: &random), who) : nil
        case 27: return does(.quarantines) ? randomRelease().map { .quarantine($0, who) } : nil
        case 28, 29:
            return known.quarantine.keys.min().map { .unquarantine($0, who) }
        case 30: return does(.freezes) ? .freeze(.random(in: 0..<3, using: &random) == 0, who) : nil
        case 31: return .freeze(false, who)
        case 32: return does(.freezes) ? .addFreezeWindow(randomWindow(), who) : nil
        case 33: return does(.freezes) ? .removeFreezeWindow(name: randomWindow().name, who) : nil
        case 34...36: return does(.hooks) ? randomAnswer(known) : nil
        case 37: return .retry(who)
        default:
            return does(.plans) && chance(of: 1, in: 6)
                ? known.model.map { .apply(model: $0, plan: randomPlan(), who) } : nil
        }
    }

    private func randomRelease() -> Release? {
        // The newest ones mostly: what was pushed long ago is in quarantine, or forgotten.
        let last = promises.pushes.suffix(chance(of: 1, in: 3) ? .max : 4)
        return last.randomElement(using: &random).map {
            Release(number: $0.number, manifest: $0.manifest)
        }
    }

    private func randomRollback(_ known: Target, _ who: Event.Request) -> Event {
        let number: VersionNumber? =
            chance(of: 1, in: 2)
            ? nil : (known.proven.randomElement(using: &random) ?? known.stable)?.number
        return .rollBack(to: number, fast: .random(using: &random), who)
    }

    private func randomWindow() -> FreezeWindow {
        let start = now + .milliseconds(.random(in: -500...2_000, using: &random))
        return FreezeWindow(
            name: "w\(Int.random(in: 0...2, using: &random))", from: start,
            until: start + .milliseconds(.random(in: 600...2_000, using: &random)),
            every: Bool.random(using: &random) ? .seconds(20) : nil)
    }

    private func randomAnswer(_ known: Target) -> Event? {
        let waiting = known.calls.suffix(6)
        return waiting.randomElement(using: &random).map {
            .hookAnswered(
                key: $0.key, isYes: .random(in: 0..<4, using: &random) > 0, why: "random")
        }
    }
}
