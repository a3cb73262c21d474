import CLinux
import Glibc
import Ports

/// What another user who runs a runner may see: his work folder, and nothing else of ours.
extension EvaluationFolder {
    /// Puts the data set where the runner finds it.
    ///
    /// Under its own name beside the one in `datasets/`, which another user cannot enter. Where it lies
    /// on another file system it is a link for our own user, and a copy for others.
    func place(_ source: String, as path: String, for account: UserAccount?) throws(HostError) {
        if link(source, path) == 0 { return }
        if account == nil {
            guard symlink(source, path) == 0 else { throw .last("\(path) cannot be made") }
            return
        }
        let (from, to) = (
            Glibc.open(source, O_RDONLY | O_CLOEXEC),
            Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        )
        defer { for descriptor in [from, to] where descriptor >= 0 { close(descriptor) } }
        guard from >= 0, to >= 0 else { throw .last("\(path) cannot be made") }
        guard cairn_copy_rest(from, to) == 0 else { throw .last("\(path) cannot be written") }
    }

    /// The folder and what he writes to are his; the checkpoint he may read.
    func give(_ work: WorkFolder, to account: UserAccount) throws(HostError) {
        try closeToOthers()
        for folder in [work.path + "/tmp", work.path] {
            guard lchown(folder, account.id, account.groupID) == 0, chmod(folder, 0o700) == 0 else {
                throw .last("\(folder) cannot be given to the user '\(account.name)'")
            }
        }
        try openToRead(work.checkpoint)
    }

    /// Whoever is not our user or root finds his way to his work folder, and no other.
    private func closeToOthers() throws(HostError) {
        for name in try FileTree.names(in: path) {
            var status = stat()
            let entry = path + "/" + name
            guard lstat(entry, &status) == 0 else { continue }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            let mode: mode_t = name == "work" ? 0o711 : isFolder ? 0o700 : 0o600
            if status.st_mode & 0o7777 == mode || status.st_mode & S_IFMT == S_IFLNK { continue }
            guard chmod(entry, mode) == 0 else {
                throw .last("\(entry) cannot be closed to other users")
            }
        }
        guard chmod(path, 0o711) == 0 else {
            throw .last("\(path) cannot be closed to other users")
        }
    }

    /// What was restored, for all to read and nobody else to change. Its names and depth are those of a
    /// manifest; where a runner of an earlier lease put something else, its restorer has replaced it.
    private func openToRead(_ path: String) throws(HostError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }  // It is not restored yet.
            throw .last("\(path) cannot be looked at")
        }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFDIR || kind == S_IFREG else { return }
        let more: mode_t = kind == S_IFDIR || status.st_mode & 0o100 != 0 ? 0o555 : 0o444
        guard status.st_mode & more == more || chmod(path, status.st_mode & 0o7777 | more) == 0
        else { throw .last("\(path) cannot be opened to the runner") }
        if kind == S_IFREG { return }
        for name in try FileTree.names(in: path) { try openToRead(path + "/" + name) }
    }
}
