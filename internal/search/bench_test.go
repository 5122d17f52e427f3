package search

import "testing"

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse(`(flood OR storm) -council person:"Anna Keller" date:2019..2021-06`)
	}
}
