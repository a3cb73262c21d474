import CairnCore
import Testing

@testable import Framing

@Suite struct StreamTableTests {
    /// Against a dictionary: streams come with rising numbers, wrap around, and go in any order.
    @Test(arguments: 0..<40 as Range<UInt64>) func holdsWhatADictionaryHolds(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var table = StreamTable<Int>()
        var model: [StreamID: Int] = [:]
        var next = StreamID.max - StreamID.random(in: 0...300, using: &random)
        let most = Int.random(in: 1...100, using: &random)
        for step in 0..<2000 {
            if model.count < most && Bool.random(using: &random) {
                next &+= StreamID.random(in: 1...3, using: &random)
                if next == 0 { next = 1 }
                guard model[next] == nil else { continue }
                table[next] = step
                model[next] = step
            } else if let stream = model.keys.sorted().randomElement(using: &random) {
                if Bool.random(using: &random) {
                    table[stream] = -step
                    model[stream] = -step
                } else {
                    #expect(table.removeValue(forKey: stream) == model[stream], "seed \(seed)")
                    model[stream] = nil
                }
            }
            #expect(table.count == model.count, "seed \(seed), step \(step)")
            let probe = next &- StreamID.random(in: 0...120, using: &random)
            #expect(probe == 0 || table[probe] == model[probe], "seed \(seed), step \(step)")
        }
        #expect(table.keys.sorted() == model.keys.sorted(), "seed \(seed)")
        #expect(table.values.sorted() == model.values.sorted(), "seed \(seed)")
    }
}
