// Package tagger marks persons, places and organisations with a model that is
// learnt from marked text: a conditional random field over a chain of words, with
// hashed features, classes of words and the evidence of the whole document. It
// knows nothing of lists or of articles: whoever calls it cuts the text into words
// and says of each what the lists know (see [Token]).
//
// cmd/train-names makes a model; docs/understanding-tagger.md says what it is
// worth. The same examples, clusters and options give the same model, byte for
// byte.
//
// # Caveats
//
// A [Model] is read only once made, and may be used by several goroutines.
// The words given at training and at use must be cut and signed by the same code.
package tagger
