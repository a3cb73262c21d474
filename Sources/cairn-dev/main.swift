import Glibc

// Tools for those who work on Cairn itself; users never need them.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case "generate": try generateMessages()
    default:
        print("usage: cairn-dev generate   writes Sources/Messages/Generated from proto/")
        exit(2)
    }
} catch {
    print("cairn-dev: \(error)")
    exit(1)
}
