package ingest

// blockWeights say how much each feature speaks for a block being part of the
// article; above zero in all it is taken. They were learnt by logistic
// regression over pages of many outlets (TestLearnWeights), all but those of list items: the
// pages that they were learnt from leave lists out of the article, and we do not.
var blockWeights = features{
	fBias:        -3.14,
	fTrafilatura: 1.20,
	fReadability: -0.23,
	fBoth:        1.19,
	fLD:          0.90,
	fNotLD:       -0.45,
	fNeighbours:  -0.28,
	fSignature:   2.28,
	fNoise:       -0.71,
	fAside:       -0.60,
	fMarked:      -0.57,
	fBeforeTitle: -1.94,
	fOutside:     -1.65,
	fLength:      1.79,
	fSentence:    0.49,
	fLinked:      -1.09,
	fHeading:     1.01,
	fItem:        -0.90,
	fGiveaway:    -1.80,
	fLinkedItem:  0.41,
	fShort:       -0.55,
	fRow:         -0.26,
	fAgreeShort:  0.25,
	fDescribed:   2.60,
	fNamedLead:   0.35,
	fBefore:      -0.32,
	fAfter:       0.95,
	fBetween:     0.31,
	fProse:       0.49,
	fSameProse:   1.14,
	fName:        -0.39,
	fItemIn:      0.30,
}
