package entity

// version is to be raised with every change of lists, rules or models that makes
// something else of a text: an archive then understands what it has anew.
const version = "19"

// Version names what this recogniser makes of a text.
func (u *Understander) Version() string { return version }
