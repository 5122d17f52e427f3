// Everything works without this file; it adds a few shortcuts.

// "/" goes to the search box, j and k walk through the headlines.
document.addEventListener("keydown", (e) => {
	if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
	if (e.key === "/") {
		const box = document.querySelector("input[type=search]");
		if (!box) return;
		e.preventDefault();
		box.focus();
		box.select();
	} else if (e.key === "j" || e.key === "k") {
		const heads = [...document.querySelectorAll("[data-head]")];
		if (!heads.length) return;
		const at = heads.indexOf(document.activeElement);
		const to = e.key === "j" ? at + 1 : at < 0 ? heads.length - 1 : at - 1;
		if (to < 0 || to >= heads.length) return;
		e.preventDefault();
		heads[to].focus();
		heads[to].scrollIntoView({ block: "center" });
	}
});

// Buttons that copy or print exist only where they can.
for (const b of document.querySelectorAll("button[data-copy]")) {
	if (!navigator.clipboard) continue;
	b.hidden = false;
	b.addEventListener("click", async () => {
		const was = b.textContent;
		await navigator.clipboard.writeText(b.dataset.copy);
		b.textContent = b.dataset.done;
		setTimeout(() => { b.textContent = was; }, 2000);
	});
}
for (const b of document.querySelectorAll("button[data-print]")) {
	b.hidden = false;
	b.addEventListener("click", () => print());
}

// The rail and the margins are folds; on a wide screen they stand open.
const wide = matchMedia("(min-width: 861px)");
for (const d of document.querySelectorAll("details[data-wide]")) if (wide.matches) d.open = true;
