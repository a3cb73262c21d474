import CairnCore
import Exposition
import Messages

/// The controller's status as Prometheus reads it.
enum ControllerFigures {
    static func families(_ status: ControllerStatus, at now: Timestamp) -> [MetricFamily] {
        [
            .gauge("cairn_controller_targets", "Targets known.", status.targetCount),
            .gauge(
                "cairn_controller_live_attempts", "Rollouts that are under way.",
                status.liveAttemptCount),
            .gauge(
                "cairn_controller_participants", "Routers and agents that count.",
                status.participantCount),
            .gauge(
                "cairn_outbox_undelivered_events", "Events that their receiver has not taken yet.",
                status.undeliveredEventCount),
            .gauge(
                "cairn_controller_waiting_notices", "Notices that an endpoint has not taken yet.",
                status.waitingNoticeCount),
            .gauge(
                "cairn_controller_given_up_notices", "Notices that no endpoint took for a day.",
                status.givenUpNoticeCount),
        ] + drills(status.drills, at: now)
    }

    /// Of each target that has a schedule of drills, or had one.
    private static func drills(_ states: [DrillState], at now: Timestamp) -> [MetricFamily] {
        if states.isEmpty { return [] }
        func family(
            _ name: String, _ help: String, _ value: (DrillState) -> Double?
        ) -> MetricFamily {
            MetricFamily(
                "cairn_drill_" + name, .gauge, help,
                states.compactMap { state in
                    value(state).map { .init($0, [(name: "target", value: state.target)]) }
                })
        }
        return [
            family("last_success_age_seconds", "Since the last drill that passed.") { state in
                state.lastPassedUnixMs == 0
                    ? nil : Double(now.milliseconds - state.lastPassedUnixMs) / 1_000
            },
            family("overdue", "1: the drill of the schedule did not take place.") {
                $0.overdue ? 1 : 0
            },
            family("failed", "1: the last drill failed.") {
                $0.drills.last?.result == "failed" ? 1 : 0
            },
            family("seconds", "How long the last drill took.") { state in
                state.drills.last.map { $0.tookMs / 1_000 }
            },
        ]
    }
}
