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
		{"de", "„Kauft bitte nichts mehr davon“, schimpft Petra Lindner.", "Petra Lindner"},
		{"de", "Ministerin Petra Lindner kam spät. Jürgen Brandt wartete.\n\n„Es dauert nur wenige Tage“, sagte die Ministerin.", "Petra Lindner"},
		{"de", "Petra Lindner sprach von einem „Offenbarungseid“.", "Petra Lindner"},
		{"fr", "« Nous partirons tous demain matin », se défend le directeur de l’usine, Bruno Martel.", "Bruno Martel"},
		{"fr", "La maire, Jeanne Roux, est inquiète. « Nous partirons tous demain matin », a-t-elle déclaré lundi.", "Jeanne Roux"},
		{"fr", "La ministre de la Santé, Jeanne Roux, a promis « des moyens, et vite ».", "Jeanne Roux"},
		{"es", "Pablo Ferrer no espera nada. «No lo vamos a permitir nunca», dice.", "Pablo Ferrer"},
		{"es", "Pablo Ferrer calificó la protesta de «desproporcionada».", "Pablo Ferrer"},
		{"da", "Karen Holm kom hjem. »Det var en meget lang dag,« fortæller hun.", "Karen Holm"},
	}
	for _, tt := range tests {
		a := &news.Article{Language: tt.lang, Body: tt.body}
		New().Recognise(a)
		if s := speakers(a); s != tt.want {
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
