// Package lines reads the saved text of a news page: it parts the text into
// lines, mends sentences that were broken over several, and tells by a small
// trained model which lines are the article's own and which of them is its
// headline.
//
// The model is a chain of four states, with weights for what a line looks like
// and for what stands around it. It knows no outlet, and few words: it looks at
// length, punctuation, capitals, repetition, and at the words that the line
// shares with the rest of the page. The weights are about a thousand numbers in
// model.txt, made by cmd/train-lines.
package lines
