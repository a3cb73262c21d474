import CairnCore
import Evaluation
import Glibc
import Ports

extension EvaluationFolder {
    /// What a runner wrote is what it is: a plain file that has no other name, or nothing.
    public func keepPredictions(
        _ file: PredictionsFile, of id: EvaluationID, from work: WorkFolder, byteCountMax: UInt64
    ) async throws {
        let destination = evaluation(id) + "/" + file.name
        try await queue.run {
            // Neither follows a link nor waits for somebody at the other end of a pipe.
            let descriptor = Glibc.open(
                work.predictions, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.refusal(errno) }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Self.refusal(errno) }
            try Self.check(status, byteCountMax)
            if status.st_uid != geteuid() {
                // From now on nobody but us opens it, and nobody changes its mode.
                guard fchown(descriptor, geteuid(), getegid()) == 0, fchmod(descriptor, 0o600) == 0
                else { throw HostError.last("the predictions cannot be taken over") }
            }
            try FileTree.publish(work.predictions, as: destination)
        }
    }

    private static func check(_ status: stat, _ byteCountMax: UInt64) throws {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw RPCError(.invalidArgument, "the runner's predictions are no plain file")
        }
        guard status.st_nlink == 1 else {
            throw RPCError(
                .invalidArgument,
                "the runner's predictions are a file that has other names, too; it shall write one of "
                    + "its own")
        }
        guard UInt64(status.st_size) <= byteCountMax else {
            throw RPCError(
                .invalidArgument,
                "the runner wrote \(status.st_size) bytes of predictions; at most "
                    + "\(byteCountMax) are allowed")
        }
    }

    private static func refusal(_ number: Int32) -> RPCError {
        switch number {
        case ENOENT:
            RPCError(
                .invalidArgument,
                "the runner ended well, but wrote no predictions to the path that {predictions} "
                    + "stands for")
        case ELOOP, ENXIO:
            RPCError(.invalidArgument, "the runner's predictions are no plain file")
        default:
            RPCError(
                .invalidArgument,
                "the runner's predictions cannot be read: \(String(cString: strerror(number)))")
        }
    }
}
