import Glibc

// The demo's programs, each a process of its own: `run` plays the whole, the others are its parts.
do {
    var words = Words(CommandLine.arguments.dropFirst())
    switch words.next() {
    case "run": exit(try await DemoRun(&words).play() ? 0 : 1)
    case "train": try await Training(&words).run()
    case "predict": try predict(&words)
    case "serve":
        let (folder, port) = (try words.text("dir"), try words.port("port"))
        try words.end()
        try serve(folder: folder, port: port)
    case "reload": try reload(port: try words.port("port"))
    case "camera": try await Camera(&words).run()
    case "--help", "-h", "help":
        print(
            """
            cairn-demo run --out DIR --data digits.csv
              plays the demo: trains, judges, brings out by canary, rolls back; writes
              DIR/report.html and DIR/report.json; ends with 0 when every promise held.
            train, predict, serve, reload, camera: its parts, started by run.
            """)
    case let word:
        throw WordError(
            "'\(word ?? "")' is no part of the demo; expected run, train, predict, serve, reload or "
                + "camera")
    }
} catch let error as WordError {
    logLine("cairn-demo: \(error)")
    exit(2)
} catch {
    logLine("cairn-demo: \(error)")
    exit(1)
}
