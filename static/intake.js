// What /add and /capture do beyond their forms.

// lines calls each for every JSON line of an answer, as it comes in.
async function lines(res, each) {
	const r = res.body.pipeThrough(new TextDecoderStream()).getReader();
	for (let rest = ""; ;) {
		const { value, done } = await r.read();
		if (done) return;
		const all = (rest + value).split("\n");
		rest = all.pop();
		for (const l of all) if (l) each(JSON.parse(l));
	}
}

const make = (tag, cls, text) => {
	const e = document.createElement(tag);
	if (cls) e.className = cls;
	if (text) e.textContent = text;
	return e;
};

// files are those of a drop, with what is in its folders; hidden ones are left out.
async function files(entries, path, out) {
	for (const e of entries) {
		if (path && e.name.startsWith(".")) continue;
		if (e.isFile) {
			out.push({ name: path + e.name, body: await new Promise((ok, no) => e.file(ok, no)) });
			continue;
		}
		const r = e.createReader();
		for (let more; (more = await new Promise((ok, no) => r.readEntries(ok, no))).length;) await files(more, path + e.name + "/", out);
	}
	return out;
}

// The form on /add sends each thing by itself, three at a time, and says what
// becomes of it.
const form = document.querySelector("form[data-take]");
if (form) {
	const done = document.querySelector("[data-done]"), words = done.dataset;
	const rows = done.querySelector("[data-rows]"), said = done.querySelector("[data-said]");
	const queue = [], counts = {}, most = 400;
	let all = 0, over = 0, busy = 0, run = "";

	const count = (result) => {
		counts[result] = (counts[result] || 0) + 1;
		const dd = done.querySelector(`[data-sum=${result}]`);
		dd.textContent = counts[result].toLocaleString("en");
		dd.parentElement.hidden = false;
	};
	const progress = () => {
		said.textContent = words.progress.replace("{done}", over).replace("{all}", all);
		onbeforeunload = busy ? (e) => e.preventDefault() : null;
	};
	const row = (name) => {
		const li = make("li"), div = make("div");
		li.append(make("span", "dateline", words.sending), div);
		div.append(make("p", "tiny", name));
		rows.append(li);
		return li;
	};
	const fate = (li, l) => {
		const [state, div] = li.children;
		state.textContent = words[l.result];
		if (l.result === "refused") {
			state.className += " bad";
			rows.prepend(li); // what somebody has to look after
		}
		div.lastChild.textContent = l.source + (l.reason ? ": " + l.reason : "");
		if (l.path) {
			const p = make("p", "head2"), a = make("a", "", l.headline || l.path);
			a.href = l.path;
			a.dir = "auto";
			a.dataset.head = "";
			p.append(a);
			div.prepend(p);
		}
	};
	const send = async (job) => {
		// What is given in one go is one run, to be undone as one.
		const q = new URLSearchParams({ source: job.name, how: "capture", name: run });
		if (job.url) q.set("fetch", job.url);
		if (job.outlet) q.set("outlet", job.outlet);
		let li = row(job.name), told = 0, broken = "";
		try {
			const res = await fetch("/api/v1/ingest?" + q, { method: "POST", body: job.body || "" });
			if (!res.ok) throw (await res.json()).reason;
			await lines(res, (l) => {
				if (l.error) broken = l.error;
				if (!l.result) return;
				count(l.result);
				if (told++ && (l.result === "refused" || rows.childElementCount < most)) li = row(job.name);
				else if (told > 1) return;
				fate(li, l);
			});
		} catch (e) {
			broken = typeof e === "string" ? e : words.broken;
		}
		if (broken || !told) {
			if (told) li = row(job.name);
			count("refused");
			fate(li, { result: "refused", source: job.name, reason: broken || words.nothing });
		} else if (rows.childElementCount > most && !li.querySelector(".bad")) li.remove();
	};
	const work = async () => {
		busy++;
		for (let job; (job = queue.shift());) {
			await send(job);
			over++;
			progress();
		}
		busy--;
		progress();
	};
	const take = (jobs) => {
		if (!jobs.length) return;
		if (!busy) {
			rows.replaceChildren();
			for (const dd of done.querySelectorAll("[data-sum]")) {
				dd.textContent = counts[dd.dataset.sum] = 0;
				if (dd.dataset.sum === "withdrawn") dd.parentElement.hidden = true;
			}
			all = over = 0;
			run = `${words.run}, ${new Date().toLocaleTimeString("en-GB")}`;
		}
		for (const j of jobs) queue.push({ ...j, outlet: form.outlet.value.trim() });
		all += jobs.length;
		done.hidden = false;
		done.scrollIntoView({ block: "nearest" });
		done.focus();
		while (busy < 3 && busy < all - over) work();
		progress();
	};
	form.addEventListener("submit", (e) => {
		const jobs = form.elements.url.value.split("\n").map((s) => s.trim()).filter(Boolean).map((url) => ({ name: url, url }));
		const text = form.elements.text.value.trim();
		if (text) jobs.push({ name: words.pasted, body: text });
		for (const f of form.elements.file.files) jobs.push({ name: f.name, body: f });
		if (!jobs.length) return;
		e.preventDefault();
		take(jobs);
		form.elements.url.value = form.elements.text.value = form.elements.file.value = "";
	});

	const drop = form.querySelector("[data-drop]");
	drop.querySelector("[data-drop-hint]").hidden = false;
	const hover = (e, on) => {
		if (!e.dataTransfer.types.includes("Files")) return;
		e.preventDefault();
		drop.classList.toggle("over", on);
	};
	addEventListener("dragover", (e) => hover(e, true));
	addEventListener("dragleave", (e) => { if (!e.relatedTarget) hover(e, false); });
	addEventListener("drop", async (e) => {
		hover(e, false);
		const entries = [...e.dataTransfer.items].filter((i) => i.kind === "file").map((i) => i.webkitGetAsEntry()).filter(Boolean);
		take(await files(entries, "", []));
	});

	// A link to drag: only a script can give it an address that is one itself.
	const mark = document.querySelector("[data-bookmarklet]"), hint = document.querySelector("[data-mark-said]");
	mark.href = mark.dataset.bookmarklet;
	mark.closest("[data-mark]").hidden = false;
	mark.addEventListener("click", (e) => {
		e.preventDefault();
		hint.textContent = hint.dataset.markSaid;
	});
}

// The window on /capture is given a page by the one that opened it, shows it, and
// keeps it when told to.
const hand = document.querySelector("[data-capture]");
if (hand) {
	const words = hand.dataset, part = (name) => hand.querySelector(`[data-${name}]`);
	const say = (s) => { part("said").textContent = s; };
	const got = part("got"), button = got.querySelector("button");
	let page = null;
	const late = setTimeout(() => say(words.noone), opener ? 8000 : 0);
	addEventListener("message", (e) => {
		const d = e.data;
		if (page || !opener || e.source !== opener || !d || ![d.url, d.title, d.text, d.html].every((s) => typeof s === "string")) return;
		clearTimeout(late);
		const at = URL.canParse(d.url) ? new URL(d.url) : null;
		// No site may pass its page off as another's.
		if (!at || at.origin !== e.origin || !/^https?:$/.test(at.protocol)) return say(words.foreign);
		const body = new Blob([d.html], { type: "text/html;charset=utf-8" });
		if (body.size > 16 << 20) return say(words.large);
		page = { url: at.href, body };
		say("");
		part("title").textContent = d.title.slice(0, 300) || at.host;
		part("url").textContent = at.href.slice(0, 500);
		part("size").textContent = Math.ceil(body.size / 1024).toLocaleString("en") + " kB";
		part("words").textContent = d.text.slice(0, 1200);
		got.hidden = false;
		button.focus({ preventScroll: true });
	});
	got.addEventListener("submit", async (e) => {
		e.preventDefault();
		button.disabled = true;
		say(words.keeping);
		try {
			const q = new URLSearchParams({ url: page.url, source: page.url });
			const res = await fetch("/api/v1/articles?" + q, { method: "POST", body: page.body });
			const a = await res.json();
			say(a.id ? words[a.outcome || "added"] + (a.reason ? " " + a.reason : "") : words.refused + " " + a.reason);
			if (!a.id) return;
			button.hidden = true;
			part("open").hidden = false;
			part("open").firstChild.href = a.path;
			part("open").firstChild.focus();
		} catch {
			button.disabled = false;
			say(words.broken);
		}
	});
	if (opener) opener.postMessage("backfile", "*");
}
