package templates

// englishHistory are the words of what the reader searched for and opened.
var englishHistory = map[string]string{
	"history.title":       "History",
	"history.sub":         "What was searched for and opened on this machine. Nobody else sees it, and of visitors from elsewhere nothing is kept.",
	"history.none":        "Nothing has been searched for or opened yet.",
	"history.unfound":     "Nothing in the history has these words.",
	"history.off":         "No history is kept at present. What was kept before stays until it is forgotten.",
	"history.find":        "Find in the history",
	"history.find.go":     "Find",
	"history.read":        "opened",
	"history.searched":    "searched for",
	"history.times.one":   "%s time",
	"history.times.other": "%s times",
	"history.saved":       "saved",
	"history.save.label":  "Save the search “%s”",
	"history.newer":       "Newer",
	"history.older":       "Older",
	"history.all":         "Forget it all",
	"history.stop":        "Keep no history from now on",
	"history.start":       "Keep a history again",
}
