/// The right of one evaluator process to work on a job, until it gives it back or loses it.
///
/// Several processes share one queue. What a process stores about a job it stores under the number of
/// its lease, and the store refuses an older one: a process that slept through its lease, or whose
/// host did, changes nothing when it wakes up. How long a lease lasts is the store's and the shell's
/// business; the number alone keeps a result from being applied twice.
public struct JobLease: Hashable, Sendable {
    /// The place of the process among those that share the queue: "worker-1".
    public let worker: String
    /// How often the job was taken when this lease began, from 1.
    public let number: Int

    public init(worker: String, number: Int) { (self.worker, self.number) = (worker, number) }
}
