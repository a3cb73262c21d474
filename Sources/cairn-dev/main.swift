import Glibc

// Tools for those who work on Cairn itself; users never need them. Run in the repository.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case "generate":
        try generateMessages(into: arguments.dropFirst().first ?? "Sources/Messages/Generated")
    case "check":
        // The names come on standard input: `git ls-files | cairn-dev check`.
        var paths: [String] = []
        while let line = readLine() { paths.append(line) }
        if try !checkHouse(files: paths) { exit(1) }
    default:
        print(
            """
            usage: cairn-dev generate [FOLDER]          writes the Swift messages from proto/
                   git ls-files | cairn-dev check       holds the rules of the house
            """)
        exit(2)
    }
} catch {
    print("cairn-dev: \(error)")
    exit(1)
}
