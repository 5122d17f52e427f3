// Package importtest holds the test of which package may import which, against
// the arrows that docs/architecture.md draws. It has no code of its own.
package importtest
