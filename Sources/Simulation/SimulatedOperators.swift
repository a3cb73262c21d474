import CairnCore
import Deployment

/// People and programs that ask for things at random, whether they fit or not.
extension World {
    func operate() throws {
        after(200...1_500, .operate)
        if isHealed { return }
        let who = Event.Request(actor: "operator", reason: "random")
        guard let event = randomVerb(who) else { return }
        let request = EventID(at: now, using: &random)
        send(.verb(event, request: request), touching: .controller)
        send(.verb(event, request: request), touching: .controller)
    }

    private func does(_ ingredient: Ingredient) -> Bool { !settings.without.contains(ingredient) }

    /// `nil` where this world has no such verb.
    private func randomVerb(_ who: Event.Request) -> Event? {
        switch Int.random(in: 0..<24, using: &random) {
        case 0...7: return randomRelease().map { .deploy($0, who) }
        case 8: return does(.aborts) ? .abort(quarantines: .random(using: &random), who) : nil
        case 9: return does(.rollbacks) ? .rollBack(to: nil, fast: false, who) : nil
        case 10: return does(.rollbacks) ? .rollBack(to: nil, fast: true, who) : nil
        case 11: return does(.pauses) ? .pause(who) : nil
        case 12, 13: return .resume(who)
        case 14: return does(.promotions) ? .promote(full: false, who) : nil
        case 15:
            return does(.promotions)
                ? .promote(full: true, keepsGuards: .random(using: &random), who) : nil
        case 16: return does(.skips) ? .skipStep(who) : nil
        case 17: return does(.skips) ? .goTo(step: .random(in: 0...3, using: &random), who) : nil
        case 18: return does(.quarantines) ? randomRelease().map { .quarantine($0, who) } : nil
        case 19:
            return controller.target.quarantine.keys.sorted().first.map { .unquarantine($0, who) }
        case 20:
            return does(.freezes) ? .freeze(.random(in: 0..<3, using: &random) == 0, who) : nil
        case 21: return does(.freezes) ? .addFreezeWindow(randomWindow(), who) : nil
        case 22, 23: return does(.hooks) ? randomAnswer() : nil
        default: return nil
        }
    }

    private func randomRelease() -> Release? {
        promises.pushes.randomElement(using: &random).map {
            Release(number: $0.number, manifest: $0.manifest)
        }
    }

    private func randomWindow() -> FreezeWindow {
        let start = now + .milliseconds(.random(in: -500...2_000, using: &random))
        return FreezeWindow(
            name: "w\(Int.random(in: 0...2, using: &random))", from: start,
            until: start + .milliseconds(.random(in: 600...2_000, using: &random)),
            every: Bool.random(using: &random) ? .seconds(20) : nil)
    }

    private func randomAnswer() -> Event? {
        controller.target.calls.randomElement(using: &random).map {
            .hookAnswered(
                key: $0.key, isYes: .random(in: 0..<4, using: &random) > 0, why: "random")
        }
    }
}
