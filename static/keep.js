// What the archive's own reader has beside app.js: keys that keep. Everything works
// without them, by the forms.

// b saves, s stars, r marks as read: the article whose headline has the focus, or the
// page's.
document.addEventListener("keydown", (e) => {
	if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
	if (/^[bsr]$/.test(e.key)) {
		const at = document.activeElement, b = (at.closest(".hit") || document.querySelector(".story"))?.querySelector(`[data-key=${e.key}]`);
		if (b) b.click();
		else if (at.matches("a[data-head]") && !at.closest(".story")) keep(at, { b: "/bookmarks", s: "/marks", r: "/marks" }[e.key], { s: "star", r: "read" }[e.key]);
	} else if (e.key === "h" || e.key === "n") mark(e);
});

// keep saves or marks the article of a headline that has no buttons beside it.
async function keep(head, to, mark) {
	const sent = new URLSearchParams({ article: head.pathname.split("/")[2] }), said = document.createElement("span");
	if (mark) sent.set(mark, 1);
	const res = await fetch(to, { method: "POST", body: sent, redirect: "manual" });
	if (res.type !== "opaqueredirect") return;
	said.className = "tiny";
	said.role = "status";
	head.after(" ", said);
	said.textContent = document.querySelector("[data-kept]").dataset.kept;
}

// h highlights the words that are selected, n writes a note on them.
const marking = document.querySelector("[data-mark]");
if (marking) marking.querySelector("[data-scripted]").hidden = false;
function mark(e) {
	const at = getSelection(), text = document.querySelector(".story article");
	if (!marking || e.key === "h" && at.isCollapsed) return;
	e.preventDefault();
	if (!at.isCollapsed && text.contains(at.anchorNode) && text.contains(at.focusNode) && !at.anchorNode.parentNode.closest("#notes")) {
		const { startContainer, startOffset, endContainer, endOffset } = at.getRangeAt(0), around = document.createRange();
		marking.quote.value = at.toString();
		around.selectNodeContents(text);
		around.setEnd(startContainer, startOffset);
		marking.prefix.value = around.toString().slice(-60);
		around.selectNodeContents(text);
		around.setStart(endContainer, endOffset);
		marking.suffix.value = around.toString().slice(0, 60);
		if (e.key === "h") return marking.requestSubmit();
	}
	marking.parentNode.open = true;
	marking.note.focus();
}

// Saving, a star and a mark leave the reader where they are.
for (const form of document.querySelectorAll("[data-quiet]")) form.addEventListener("submit", async (e) => {
	const b = e.submitter, sent = new URLSearchParams(new FormData(form, b));
	e.preventDefault();
	const res = await fetch(form.action, { method: "POST", body: sent, redirect: "manual" }).catch(() => ({}));
	if (res.type !== "opaqueredirect") return HTMLFormElement.prototype.submit.call(form);
	if (b.dataset.done && !b.ariaPressed) {
		b.textContent = b.dataset.done;
		b.disabled = true;
	} else {
		const on = b.value === "1";
		b.ariaPressed = on;
		b.value = on ? 0 : 1;
		[b.textContent, b.dataset.done] = [b.dataset.done, b.textContent];
	}
});
