package news

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"
)

func TestReceiptList(t *testing.T) {
	list := ReceiptList{{"0123456789abc", 1}, {"zzzzzzzzzzzzz", 12}}
	const want = "0123456789abc 1\nzzzzzzzzzzzzz 12\n"
	if got := string(list.Bytes()); got != want {
		t.Errorf("Bytes = %q, want %q", got, want)
	}
	sum := sha256.Sum256([]byte(want))
	if got := list.Sum(); got != hex.EncodeToString(sum[:]) {
		t.Errorf("Sum = %s, want the SHA-256 of Bytes", got)
	}
	if got, err := ParseReceiptList([]byte(want)); err != nil || !slices.Equal(got, list) {
		t.Errorf("ParseReceiptList = %v, %v", got, err)
	}
	for _, bad := range []string{"0123456789abc", "0123456789abc 0\n", "0123456789abc 01\n", "0123456789abc 1", "0123456789abc 1\r\n", "x 1\n", "0123456789abc 1\n\n", "0123456789abc  1\n"} {
		if got, err := ParseReceiptList([]byte(bad)); err == nil {
			t.Errorf("ParseReceiptList(%q) = %v, want an error", bad, got)
		}
	}
}

func FuzzParseReceiptList(f *testing.F) {
	f.Add([]byte("0123456789abc 1\nzzzzzzzzzzzzz 12\n"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, b []byte) {
		if list, err := ParseReceiptList(b); err == nil && string(list.Bytes()) != string(b) {
			t.Errorf("ParseReceiptList(%q) reads what Bytes writes as %q", b, list.Bytes())
		}
	})
}
