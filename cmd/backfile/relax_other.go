//go:build !linux

package main

// relaxOwn does nothing on this system.
func relaxOwn() {}
