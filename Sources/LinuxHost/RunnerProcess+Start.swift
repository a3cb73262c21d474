import CLinux
import Glibc
import Ports

extension RunnerProcess {
    /// - Returns: its process, the leader of a session and of a group.
    func start(_ program: String, _ output: Int32) throws(HostError) -> Int32 {
        let join = group?.openToJoin() ?? -1
        defer { if join >= 0 { close(join) } }
        var failed: Int32 = 0
        let variables = environment.map { "\($0)=\($1)" }.sorted()
        let pid = ChildProcess.withCStrings(order.words) { words in
            ChildProcess.withCStrings(variables) { variables in
                program.withCString { program in
                    order.work.path.withCString { folder in
                        (account?.groups ?? []).withUnsafeBufferPointer { groups in
                            var runner = cairn_runner()
                            (runner.program, runner.folder) = (program, folder)
                            (runner.output, runner.group) = (output, join)
                            // What a group limits is memory in use; address space may be more.
                            runner.address_space_max =
                                group?.memoryByteCountMax == nil ? order.memoryByteCountMax : 0
                            if let account {
                                runner.switches_user = 1
                                (runner.user_id, runner.group_id) = (account.id, account.groupID)
                                (runner.groups, runner.group_count) = (
                                    groups.baseAddress, groups.count
                                )
                                // Root's processes are not counted, and our own user has others.
                                runner.process_count_max = limits.processCountMax
                            }
                            return start(&runner, words, variables, &failed)
                        }
                    }
                }
            }
        }
        guard pid > 0 else { throw .last(what(failed, program)) }
        return pid
    }

    private func start(
        _ runner: inout cairn_runner, _ words: [UnsafeMutablePointer<CChar>?],
        _ variables: [UnsafeMutablePointer<CChar>?], _ failed: inout Int32
    ) -> Int32 {
        words.withUnsafeBufferPointer { words in
            variables.withUnsafeBufferPointer { variables in
                (runner.arguments, runner.environment) = (words.baseAddress, variables.baseAddress)
                return cairn_start_runner(&runner, &failed)
            }
        }
    }

    private func what(_ failed: Int32, _ program: String) -> String {
        let user = account.map { " as the user '\($0.name)'" } ?? ""
        return switch Int(failed) {
        case CAIRN_RUNNER_EXEC: "\(program) cannot be started\(user)"
        case CAIRN_RUNNER_USER: "nothing can be started\(user)"
        case CAIRN_RUNNER_FOLDER: "its folder \(order.work.path) cannot be entered"
        case CAIRN_RUNNER_LIMITS: "its limits cannot be set"
        case CAIRN_RUNNER_GROUP: "its control group cannot be joined"
        default: "no process can be made"
        }
    }
}
