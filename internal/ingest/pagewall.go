package ingest

import (
	"regexp"

	"backfile/internal/news"
)

// maxWall is how many words a page has at most that is nothing but a wall before another page.
const maxWall = 250

var (
	loginWall = regexp.MustCompile(`(?i)\b(log|sign)[ -]?in to (continue|read|view|access|see)|\b(please|need to|have to|must) (log|sign|be (logged|signed))[ -]?in\b|create (a|an|your) (free )?account|(forgot|forgotten|lost) your password|subscribe to (continue|read)|` +
		`(sie sich|bitte) (jetzt )?(an|ein)(melden|loggen|zuloggen)|melden sie sich( jetzt| bitte)? an\b|passwort vergessen|(mit dem|ein) abo\b|jetzt weiterlesen|` +
		`connectez-vous|créez un compte|mot de passe oublié|abonnez-vous pour|inicia(r)? sesión para|crea(r)? una cuenta|contraseña olvidada|olvidado (su|tu) contraseña|` +
		`accedi per|crea un account|password dimenticata|(entre|faça login) para|crie (uma|sua) conta|esqueceu (a|sua) senha|` +
		`log(gen)? in om|inloggen om|maak een account|wachtwoord vergeten|logga in för|vara inloggad|skapa ett konto|glömt lösenord|logg inn for|opprett (en )?konto|glemt passord|zaloguj się|załóż konto`)
	cookieWall = regexp.MustCompile(`(?i)\b(we|us|partners) (may |will )?(also )?use cookies|not use cookies|(accept|reject|allow|refuse) (all )?cookies|cookie (policy|settings|preferences|notice)|` +
		`cookies? (zu|akzeptieren|zulassen|ablehnen|von dritten)|verwenden cookies|werbung und cookies|ihre (zustimmung|privatsphäre|einwilligung)|datenschutzerklärung|` +
		`(accepter|refuser|utilisons) (les |des |tous les )?cookies|continuer sans accepter|votre vie privée|(aceptar|rechazar|utilizamos|usamos) (las |los |todas las |nuestras )?cookies|(su|tu) privacidad|` +
		`(accettare|accetta|utilizziamo|usiamo) (i |tutti i )?cookie|tua privacy|(aceitar|utilizamos) (os )?cookies|(sua|tua) privacidade|` +
		`(accepteren?|gebruiken) (wij |we )?(alle )?cookies|uw privacy|(använder|godkänn|bruker|godta) (alla |alle )?(cookies|kakor|informasjonskapsler)|(używamy|akceptuj) (plików )?cookies`)
	wallTitle = regexp.MustCompile(`(?i)^(before you continue|zustimmung|einwilligung|consent|cookie[ -]?(consent|einstellungen|settings|policy|wall)|your privacy|` +
		`(sign|log) ?in|login|anmelden|einloggen|connexion|identifiez-vous|iniciar sesión|accedi|entrar|inloggen|logga in|logg inn|zaloguj się)(\s*($|[|:–—-]))`)
)

// wall says which wall the page is instead of an article, or "": its title or most of its
// few words ask for consent or for a password. Where a page says of itself that it is an
// article, all but all of them must, for a stub asks at its end too.
func (p *page) wall(t pageText, said int) string {
	if t.words > maxWall {
		return ""
	}
	login, cookies, all := 0, 0, 0
	for _, b := range t.body {
		n := wordCount(b.text)
		all += n
		switch {
		case loginWall.MatchString(b.text):
			login += n
		case cookieWall.MatchString(b.text):
			cookies += n
		}
	}
	least := 0.5
	switch {
	case said >= 2:
		least = 0.9
	case wallTitle.MatchString(p.meta.title) || wallTitle.MatchString(p.headline) || loginWall.MatchString(p.headline) || cookieWall.MatchString(p.headline):
		least = 0.2
	}
	if all == 0 || float64(login+cookies) < least*float64(all) {
		return ""
	}
	if cookies > login {
		return "this page asks for consent to cookies, it is no article"
	}
	return "this page asks its reader to log in, it is no article"
}

// dropWall takes what asks for a subscription off the end of the text of a stub.
func (t *pageText) dropWall() {
	n := len(t.body)
	for n > 1 && wordCount(t.body[n-1].text) <= 40 && (loginWall.MatchString(t.body[n-1].text) || t.body[n-1].kind == news.SpanHeading) {
		n--
		t.words -= wordCount(t.body[n].text)
	}
	t.body = t.body[:n]
}
