// Everything works without this file; it adds a few shortcuts.

// "/" goes to the search box, j and k walk through the headlines, "?" lists the keys. Who
// has shut them off is left alone; keep.js comes behind this.
document.addEventListener("keydown", (e) => {
	if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
	if (e.key.length < 2 && document.cookie.includes("keys=off")) e.stopImmediatePropagation();
	else if (e.key === "?") import(document.querySelector("[data-keys]").dataset.keys).then((m) => m.list());
	else if (e.key === "/") {
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

// The search box offers names, headlines and past searches while one types: a
// combobox with a list. Enter without a choice searches as ever.
const box = document.querySelector("#q[data-suggest]");
if (box) {
	const list = document.createElement("ul"), said = document.createElement("p");
	const set = (el, as) => Object.entries(as).forEach(([k, v]) => el.setAttribute(k, v));
	set(list, { id: "q-list", role: "listbox", "aria-label": box.dataset.suggest, hidden: "" });
	set(said, { role: "status", class: "hidden" });
	set(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": "q-list", "aria-expanded": "false" });
	box.form.append(list, said);
	const kept = new Map();
	let rows = [], at = -1, timer, asking;
	const close = () => {
		clearTimeout(timer);
		asking?.abort();
		rows = [];
		list.hidden = true;
		list.replaceChildren();
		said.textContent = "";
		box.setAttribute("aria-expanded", "false");
		pick(-1);
	};
	const pick = (n) => {
		at = n;
		[...list.children].forEach((li, i) => li.setAttribute("aria-selected", i === n));
		if (n < 0) return box.removeAttribute("aria-activedescendant");
		box.setAttribute("aria-activedescendant", list.children[n].id);
		list.children[n].scrollIntoView({ block: "nearest" });
	};
	const show = (found) => {
		rows = found;
		list.replaceChildren(...rows.map((row, i) => {
			const li = document.createElement("li"), text = document.createElement("span"), note = document.createElement("span");
			set(li, { id: "q-" + i, role: "option" });
			text.dir = "auto";
			text.textContent = row.text;
			note.className = "tiny";
			note.textContent = row.note;
			li.append(text, " ", note);
			li.onclick = () => {
				pick(i);
				box.form.requestSubmit();
			};
			return li;
		}));
		list.hidden = !rows.length;
		box.setAttribute("aria-expanded", rows.length > 0);
		said.textContent = box.dataset.suggest + ": " + rows.length;
		pick(-1);
	};
	const ask = async () => {
		const q = box.value;
		asking?.abort();
		if (!q.trim() && !("past" in box.dataset)) return close();
		try {
			if (!kept.has(q)) {
				asking = new AbortController();
				const res = await fetch("/api/v1/suggest?q=" + encodeURIComponent(q), { signal: asking.signal });
				if (!res.ok) return close();
				kept.set(q, (await res.json()).suggestions);
			}
			if (box.value === q && document.activeElement === box) show(kept.get(q));
		} catch {
			// Another letter came meanwhile, or the archive does not answer: there is nothing to offer.
		}
	};
	box.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, 80);
	});
	box.addEventListener("click", () => { if (!box.value && list.hidden) ask(); });
	box.addEventListener("blur", close);
	list.addEventListener("mousedown", (e) => e.preventDefault());
	box.form.addEventListener("submit", (e) => {
		const row = rows[at];
		if (row?.path) {
			e.preventDefault();
			location.assign(row.path);
		} else if (row) box.value = row.query;
		close();
	});
	box.addEventListener("keydown", (e) => {
		if (e.isComposing) return;
		const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
		if (step && !e.altKey && !e.ctrlKey && !e.metaKey) {
			e.preventDefault();
			if (rows.length) pick((at + step + 1 + rows.length + 1) % (rows.length + 1) - 1);
			else ask();
		} else if (e.key === "Escape" && rows.length) {
			e.preventDefault();
			close();
		}
	});
}
