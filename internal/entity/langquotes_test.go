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
		{"de", "Die Leiterin Petra Lindner kam. Ähnlich sieht es Jürgen Brandt vom Deichamt: „Es wird wohl gewartet.“ Er weist darauf hin, dass der Deich alt sei, „und damit nicht mehr sicher genug“.", "Jürgen Brandt; Jürgen Brandt"},
		{"de", "Beim Lesen fehle die Ruhe, so der Forscher Jürgen Brandt. „Immer kommt etwas dazwischen“, sagt der Leseforscher.", "Jürgen Brandt"},
		{"de", "Beim Lesen fehle die Ruhe, so der Forscher Jürgen Brandt. „Immer kommt etwas dazwischen“, sagt der Sprecher.", ""},
		{"de", "Jürgen Brandt blieb ruhig, so der Verein.\n\nDennoch betont der Übergangstrainer: „Wir spielen noch bis zum Schluss.“", "Jürgen Brandt"},
		{"de", "Petra Lindner erklärt es so: „Die Deiche sind viel zu alt.“ In den Dörfern würden „einfache Lösungen für alles angeboten“.", "Petra Lindner; Petra Lindner"},
		{"de", "Petra Lindner erklärt es so: „Die Deiche sind viel zu alt.“ Andere meinten, in den Dörfern würden „einfache Lösungen für alles angeboten“.", "Petra Lindner"},
		{"de", "„Das war einfach gut, ich bin mehr als zufrieden.“ Trainer Jürgen Brandt war bester Laune.", "Jürgen Brandt"},
		{"de", "Jürgen Brandt ging früh.\n\nDas nahm dieser Nutzer aufs Korn. „Ein Deich aus Papier ist das“, notierte er zum Bild.", ""},
		{"de", "So sieht es Petra Lindner im „Tagesspiegel“, sagte sie am Montag.", ""},
		{"es", "Es una fiesta que provoca que las familias «se sientan expulsadas del barrio» esos días, según asegura Pablo Ferrer.", "Pablo Ferrer"},
		{"fr", "Selon Jeanne Roux, il faudra « attendre encore quelques années ».", "Jeanne Roux"},
		{"fr", "Selon un voisin de Jeanne Roux, il faudra « attendre encore quelques années ».", ""},
		{"es", "Pablo Ferrer, portavoz de la Asociación Vecinal, habló ayer.\n\nEl portavoz de la Asociación destaca que no quieren perderla: «Estamos a favor de esta fiesta».", "Pablo Ferrer"},
		{"es", "«No lo vamos a permitir nunca», dijo Pablo Ferrer. La miembro de la plataforma coincide: «Nadie quiere que se pierda la fiesta».", "Pablo Ferrer"},
		{"de", "Mehr Geld werde nichts lösen, schreibt Jürgen Brandt. Das habe sich gezeigt. Nötig sei vielmehr eine „massive Erhöhung der Deiche“ im Land.", "Jürgen Brandt"},
		{"de", "Jürgen Brandt teilte einen Text des Accounts „Deiche für Alle“.", ""},
		{"de", "Trainer Jürgen Brandt sah es anders.\n\nDer Trainer freut sich: „Wir sind jetzt wieder etwas mehr.“", "Jürgen Brandt"},
		{"de", "Jürgen Brandt kam.\n\nOphir aus Buffalo sagte, das sei falsch. Dann erklärte er, dass „viele daran verdienen wollen und können“.", ""},
		{"fr", "C’est ce qu’a dit le porte-parole du président, Bruno Martel. Ce dernier rappelle qu’il faut une paix « entre deux villages très voisins ».", "Bruno Martel"},
		{"fr", "La ministre russe de la Défense, Jeanne Roux, est là. La ministre de la Défense a affirmé que l’armée avait « perdu ses meilleures unités ».", "Jeanne Roux"},
		{"it", "Il caso Elly Marini: «Ha premuto con forza per lei».", ""},
		{"de", "Auch Jürgen Brandt lief mit. Immerhin, fand der 31-Jährige, habe man „eine gute Schau geboten“.", "Jürgen Brandt"},
		{"de", "Jürgen Brandt war da. Er warf dem Paar Leichtsinn vor. Es habe eine „Kultur der Rücksicht auf niemanden“ geherrscht.", "Jürgen Brandt"},
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
