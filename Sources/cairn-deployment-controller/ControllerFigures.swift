import Exposition
import Messages

/// The controller's status as Prometheus reads it.
enum ControllerFigures {
    static func families(_ status: ControllerStatus) -> [MetricFamily] {
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
        ]
    }
}
