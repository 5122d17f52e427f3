// The list of keys, loaded where it is asked for: with "?", and by the help page, whose
// own list it is.

const off = () => document.cookie.includes("keys=off");

// Who speaks to the machine, or hits keys unmeant, can shut them off.
function wire(list) {
	const on = list.querySelector("input");
	on.form.hidden = false;
	on.checked = !off();
	on.addEventListener("change", () => {
		document.cookie = `keys=${on.checked ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
	});
}

const own = document.querySelector("#keys");
if (own) wire(own);

// list shows the keys over the page; on the help page it goes to them.
export function list() {
	if (own) return own.scrollIntoView();
	if (document.querySelector("#keys")) return;
	const ask = new XMLHttpRequest(); // it reads a page without making one of text
	ask.open("GET", "/help/search");
	ask.responseType = "document";
	ask.onload = () => {
		const found = ask.response?.querySelector("#keys");
		if (!found || document.querySelector("#keys")) return;
		const box = document.createElement("dialog");
		box.className = "help";
		box.tabIndex = -1;
		box.style.cssText = "background:var(--paper);color:inherit;max-width:min(40rem, 100% - 2rem);padding:0 24px 24px;border:1px solid var(--edge)";
		box.ariaLabel = found.querySelector("h2").textContent;
		box.append(found);
		box.addEventListener("close", () => box.remove());
		document.body.append(box);
		found.querySelector("button").hidden = false;
		wire(found);
		box.showModal();
		box.focus(); // to be read from its beginning, and not at the box to tick
		box.scrollTop = 0;
	};
	ask.send();
}
