package entity

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

func TestSpeakersAbroad(t *testing.T) {
	tests := []struct{ lang, body, want string }{
		{"de", "Der Zug fuhr ab. „Wir kommen morgen gewiss wieder“, ergänzte Petra Lindner.", "Petra Lindner"},
		{"de", "Am Abend sprach Petra Lindner. „Wir kommen morgen gewiss wieder“, so Lindner.", "Petra Lindner"},
		{"de", "Am Abend kam Jürgen Brandt. Er rät: „Kauft bitte nichts mehr davon!“", "Jürgen Brandt"},
		{"de", "In ihrem Brief schreibt Petra Lindner: „Kauft bitte nichts mehr davon!“", "Petra Lindner"},
		{"de", "Jürgen Brandt bat um Geduld. „Es dauert nur wenige Tage“, sagte der Landwirt.", "Jürgen Brandt"},
		{"de", "Jürgen Brandt bat um Geduld. „Es dauert nur wenige Tage“, sagte eine Nachbarin.", ""},
		{"de", "„Es dauert nur wenige Tage“, sagte ein Sprecher von Jürgen Brandt.", ""},
		{"es", "Habló Pablo Ferrer. «No lo vamos a permitir nunca», agrega Ferrer.", "Pablo Ferrer"},
		{"fr", "« Nous partirons tous demain matin », a rapporté à Lille le porte-parole, Bruno Martel.", "Bruno Martel"},
		{"it", "Elly Marini su Guido Ferrari: «Non ha mai risposto a nessuno».", "Elly Marini"},
		{"da", "Karen Holm kom hjem. »Det var en meget lang dag,« fortæller hun.", "Karen Holm"},
	}
	for _, tt := range tests {
		a := &news.Article{Language: tt.lang, Body: tt.body}
		New().Recognise(a)
		var got []string
		for _, q := range a.Quotes {
			if q.Speaker != nil {
				got = append(got, q.Speaker.Name)
			}
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.lang, tt.body, s, tt.want)
		}
	}
}

func TestLandsAndBodiesAbroad(t *testing.T) {
	tests := []struct{ lang, body, want string }{
		{"de", "Wie Irans Justiz mitteilt, prüft die Deutsche Bank das.", "Irans; Deutsche Bank"},
		{"de", "In Mecklenburg-Vorpommerns Dörfern und in Saudi-Arabien regnet es.", "Mecklenburg-Vorpommerns; Saudi-Arabien"},
		{"pl", "Granica Niemiec jest zamknięta, a rząd Niemiec milczy.", ""},
	}
	for _, tt := range tests {
		a := &news.Article{Language: tt.lang, Body: tt.body}
		New().Recognise(a)
		var got []string
		for _, m := range a.Mentions {
			got = append(got, m.Text)
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.lang, tt.body, s, tt.want)
		}
	}
}
