import Statistics

/// Successes against a contract rate, or wins of two versions on the same prompts: the Beta mixture,
/// looked at after every trial. Fewer successes are worse.
public struct CoinsTrial: SequentialTrial {
    /// p₀.
    public let contract: Double
    /// The true rate.
    public let rate: Double
    public let trials: Int
    public let alpha: Double

    public init(contract: Double, rate: Double, trials: Int, alpha: Double) {
        (self.contract, self.rate, self.trials, self.alpha) = (contract, rate, trials, alpha)
    }

    public func run(_ random: inout TrialRandom) -> TrialEnd {
        var test = BetaMixtureTest(rate: contract)!
        for trial in 1...trials {
            let isSuccess = random.coin(rate)
            test.add(successes: isSuccess ? 1 : 0, failures: isSuccess ? 0 : 1)
            guard test.rejects(atLevel: alpha) else { continue }
            let isWorse = Double(test.successes) < contract * Double(trial)
            return isWorse ? .worse(at: trial) : .better(at: trial)
        }
        return .quiet
    }
}
