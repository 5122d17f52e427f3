package news

import (
	"encoding/json"
	"time"
)

// versionJSON is Version with its article in the article's own form.
type versionJSON struct {
	N          int         `json:"n"`
	Article    articleJSON `json:"article"`
	At         time.Time   `json:"at"`
	Superseded time.Time   `json:"superseded,omitzero"`
	Original   string      `json:"original,omitempty"`
	SetAside   *SetAside   `json:"set_aside,omitempty"`
}

// Encode is what json.Marshal gives, in two thirds of the time: package json reads over
// what an inner MarshalJSON gave once more. It is no MarshalJSON itself, which a type
// that embeds a Version would take for its own.
func (v Version) Encode() ([]byte, error) {
	return json.Marshal(versionJSON{v.N, v.Article.form(), v.At, v.Superseded, v.Original, v.SetAside})
}

// Decode does what json.Unmarshal does, in less time: package json reads over a text
// twice more before it gives it to an inner UnmarshalJSON. On an error v stays as it is.
func (v *Version) Decode(b []byte) error {
	var j versionJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	out := Version{N: j.N, At: j.At, Superseded: j.Superseded, Original: j.Original, SetAside: j.SetAside}
	if err := out.Article.take(&j.Article); err != nil {
		return err
	}
	*v = out
	return nil
}
