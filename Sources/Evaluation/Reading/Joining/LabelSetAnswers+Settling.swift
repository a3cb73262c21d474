extension LabelSetAnswers {
    /// The same with labels by their places among all names: as `Answers.settled`.
    func settled(
        _ block: RowBlock, isBad: (Int) -> Bool, _ context: inout AnswerContext
    ) -> (Answers, refused: [(index: Int, text: String)]) {
        let base = Int32(block.knownNameCount)
        guard block.newNames.count > 0 else { return (.labelSets(self), []) }
        var (settled, refused) = (ListColumn<Int32>(), [(index: Int, text: String)]())
        for index in 0..<predicted.count {
            var places: [Int32] = []
            for place in predicted[index] where !isBad(index) {
                guard place >= base else {
                    places.append(place)
                    continue
                }
                let name = block.newNames[Int(place - base)]
                guard let known = context.place(accepting: name) else {
                    refused.append((index, context.refusal(of: name)))
                    break
                }
                places.append(known)
            }
            settled.append(places.sorted())
        }
        return (.labelSets(LabelSetAnswers(predicted: settled, scores: scores)), refused)
    }
}
