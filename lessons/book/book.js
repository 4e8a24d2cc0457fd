// What a page can do beyond being read. Everything here is an extra: without it the text, the folds
// and the quizzes work as well. No module and no fetch, so that it runs from file:// too.
"use strict";

// --- What the reader chose is remembered, where the browser lets a page store something ---------

function remember(key, value) {
	try {
		localStorage.setItem(key, value);
	} catch (error) {
		// private window or storage switched off: nothing is remembered
	}
}

function recall(key) {
	try {
		return localStorage.getItem(key);
	} catch (error) {
		return null;
	}
}

// --- Light or dark -------------------------------------------------------------------------------

function setUpTheme() {
	const root = document.documentElement;
	const system = matchMedia("(prefers-color-scheme: dark)");
	const button = document.getElementById("theme");

	const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
	const label = () => {
		button.title = isDark() ? "Use light colours" : "Use dark colours";
		button.setAttribute("aria-label", button.title);
	};

	button.addEventListener("click", () => {
		root.dataset.theme = isDark() ? "light" : "dark";
		remember("theme", root.dataset.theme);
		label();
	});
	system.addEventListener("change", label);
	button.hidden = false;
	label();
}

// --- Notes for instructors: on this machine shown or not ----------------------------------------------

function setUpNotes() {
	const root = document.documentElement;
	const button = document.getElementById("notes");
	const label = () => {
		const shown = root.dataset.notes === "on";
		button.setAttribute("aria-pressed", shown);
		button.title = shown ? "Hide the notes for instructors" : "Show the notes for instructors";
	};
	button.addEventListener("click", () => {
		root.dataset.notes = root.dataset.notes === "on" ? "off" : "on";
		remember("notes", root.dataset.notes);
		label();
	});
	button.hidden = document.querySelector(".instructor") === null;
	label();
}

// --- Narrow windows: the lessons lie beside the window until the menu's button brings them --------------

function setUpMenu() {
	const root = document.documentElement;
	const button = document.getElementById("menu");
	const sidebar = document.getElementById("sidebar");
	const contents = document.getElementById("on-this-page");
	const isOpen = () => root.dataset.menu === "open";

	const turn = (open) => {
		root.dataset.menu = open ? "open" : "closed";
		button.setAttribute("aria-expanded", open);
		if (open) {
			(sidebar.querySelector("[aria-current]") || sidebar.querySelector("a")).focus();
		}
	};
	button.addEventListener("click", () => turn(!isOpen()));
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape" && isOpen()) {
			turn(false);
			button.focus();
		}
	});
	// Whoever goes elsewhere, by a link or beside the list, or with Tab, has done with it.
	document.addEventListener("click", (event) => {
		if (isOpen() && !button.contains(event.target) && (!sidebar.contains(event.target) || event.target.closest("a"))) {
			turn(false);
		}
	});
	sidebar.addEventListener("focusout", (event) => {
		if (isOpen() && event.relatedTarget && !sidebar.contains(event.relatedTarget)) {
			turn(false);
		}
	});

	// Where there is no third column, the page's headings stand below the lessons.
	const narrow = matchMedia("(max-width: 78rem)");
	const place = () => (narrow.matches ? sidebar : document.body).append(contents);
	if (contents) {
		narrow.addEventListener("change", place);
		if (narrow.matches) {
			place();
		}
	}
	button.hidden = false;
}

// --- Lessons that are finished --------------------------------------------------------------------------

function setUpFinished() {
	const tick = (lesson) => {
		const finished = recall("finished:" + lesson) === "yes";
		for (const item of document.querySelectorAll(`li[data-lesson="${lesson}"]`)) {
			item.classList.toggle("done", finished);
			item.querySelector("a").setAttribute("aria-label", item.querySelector("a").textContent + (finished ? " (finished)" : ""));
		}
		return finished;
	};
	const count = () => {
		const lessons = document.querySelectorAll("#lessons li[data-lesson]");
		const finished = document.querySelectorAll("#lessons li.done");
		const progress = document.getElementById("progress");
		progress.textContent = `${finished.length} of ${lessons.length} lessons finished`;
		progress.style.setProperty("--part", finished.length / lessons.length);
		progress.hidden = finished.length === 0;
	};
	for (const item of document.querySelectorAll("li[data-lesson]")) {
		tick(item.dataset.lesson);
	}
	count();
	const box = document.getElementById("finished");
	if (box) {
		box.closest("p").hidden = false;
		box.checked = recall("finished:" + box.dataset.lesson) === "yes";
		box.addEventListener("change", () => {
			remember("finished:" + box.dataset.lesson, box.checked ? "yes" : "no");
			tick(box.dataset.lesson);
			count();
		});
	}
}

// --- Search: the index of all pages is loaded when somebody begins to search -----------------------------

const MOST_FOUND = 12;

// Scripts and no fetch: a page from the disk may load a script, and nothing else.
function load(file) {
	return new Promise((resolve, reject) => {
		const script = document.createElement("script");
		script.src = file;
		script.onload = resolve;
		script.onerror = () => reject(new Error(file));
		document.head.append(script);
	});
}

// Returns a function that finds sections: each has all the words, or words that begin like them.
async function loadSearch() {
	await load("lunr.js");
	await load("search.js");
	lunr.tokenizer.separator = /[^\p{L}\p{N}_]+/u; // "fork(2)" is two words, "pool_map" is one
	const index = lunr(function () {
		this.ref("number");
		this.field("heading", { boost: 8 });
		this.field("title", { boost: 3 });
		this.field("text");
		bookSections.forEach((section, number) => this.add({ number, ...section }));
	});
	return (words) => {
		const terms = words.toLowerCase().split(lunr.tokenizer.separator).filter(Boolean);
		const results = index.query((query) => {
			for (const term of terms) {
				query.term(term, { boost: 5, usePipeline: true, presence: lunr.Query.presence.OPTIONAL });
				query.term(term, { usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
			}
		});
		const whole = results.filter((result) => {
			const found = Object.keys(result.matchData.metadata);
			const section = bookSections[result.ref];
			const text = (section.title + " " + section.heading + " " + section.text).toLowerCase();
			return terms.every((term) => text.includes(term) || found.some((word) => term.startsWith(word)));
		});
		return whole.slice(0, MOST_FOUND).map((result) => ({ section: bookSections[result.ref], terms }));
	};
}

// Some words around the first of the terms, with the terms marked.
function excerpt(text, terms) {
	const lower = text.toLowerCase();
	const first = Math.min(...terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0), text.length);
	const from = first > 40 ? text.indexOf(" ", first - 40) + 1 : 0; // whole words
	const to = from + 130 < text.length ? text.lastIndexOf(" ", from + 130) : text.length;
	const part = (from > 0 ? "… " : "") + text.slice(from, Math.max(to, first)) + (to < text.length ? " …" : "");
	const line = document.createElement("small");
	const pattern = new RegExp("(" + terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|") + ")", "gi");
	for (const piece of part.split(pattern)) {
		const marked = terms.includes(piece.toLowerCase());
		const element = marked ? document.createElement("mark") : document.createTextNode(piece);
		if (marked) {
			element.textContent = piece;
		}
		line.append(element);
	}
	return line;
}

function foundItem({ section, terms }, number) {
	const item = document.createElement("li");
	item.id = "found-" + number;
	item.setAttribute("role", "option");
	const link = document.createElement("a");
	link.href = section.page + ".html" + (section.anchor ? "#" + section.anchor : "");
	link.tabIndex = -1;
	const heading = document.createElement("strong");
	heading.textContent = section.heading || section.title;
	const place = document.createElement("span");
	place.textContent = section.heading ? section.title : "";
	link.append(heading, place, excerpt(section.text, terms));
	item.append(link);
	return item;
}

function setUpSearch() {
	const box = document.getElementById("search");
	const field = document.getElementById("words");
	const list = document.getElementById("found");
	const count = document.getElementById("count");
	let search = null;
	let chosen = -1;

	const close = () => {
		list.hidden = true;
		field.setAttribute("aria-expanded", "false");
		field.removeAttribute("aria-activedescendant");
		count.textContent = "";
	};
	const choose = (number) => {
		const items = [...list.children];
		if (list.hidden || items.length === 0) {
			return;
		}
		chosen = (number + items.length) % items.length;
		items.forEach((item, i) => item.setAttribute("aria-selected", i === chosen));
		items[chosen].scrollIntoView({ block: "nearest" });
		field.setAttribute("aria-activedescendant", items[chosen].id);
	};
	const show = async () => {
		const words = field.value.trim();
		if (words.length < 2) {
			close();
			return;
		}
		try {
			search = search || loadSearch();
			const found = (await search)(words);
			if (words !== field.value.trim()) {
				return; // somebody typed on meanwhile
			}
			list.replaceChildren(...found.map(foundItem));
			list.hidden = found.length === 0;
			field.setAttribute("aria-expanded", String(!list.hidden));
			count.textContent = found.length === 0 ? "Nothing found" : found.length + " sections found";
			choose(0);
		} catch (error) {
			count.textContent = "The search cannot be loaded: " + error.message;
		}
	};

	field.addEventListener("input", show);
	field.addEventListener("keydown", (event) => {
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
			event.preventDefault();
		} else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
			list.children[chosen].querySelector("a").click();
			close();
			field.blur();
		} else if (event.key === "Escape") {
			field.value = "";
			close();
			field.blur();
		}
	});
	document.addEventListener("click", (event) => {
		if (!box.contains(event.target) || event.target.closest("#found a")) {
			close();
		}
	});
	document.addEventListener("keydown", (event) => {
		if (event.key === "/" && !event.target.closest("input, textarea")) {
			field.focus();
			event.preventDefault();
		}
	});
	box.hidden = false;
}

// --- Copy buttons ----------------------------------------------------------------------------------

async function copy(text) {
	if (navigator.clipboard) {
		try {
			await navigator.clipboard.writeText(text);
			return;
		} catch (error) {
			// not allowed here: try the old way
		}
	}
	const field = document.createElement("textarea");
	field.value = text;
	document.body.append(field);
	field.select();
	document.execCommand("copy");
	field.remove();
}

function addCopyButton(place, what, text) {
	const button = document.createElement("button");
	button.type = "button";
	button.className = "copy";
	button.textContent = "Copy";
	button.setAttribute("aria-label", "Copy " + what);
	button.addEventListener("click", async () => {
		await copy(text);
		button.textContent = "Copied";
		setTimeout(() => { button.textContent = "Copy"; }, 1500);
	});
	place.append(button);
}

function setUpCopyButtons() {
	for (const listing of document.querySelectorAll(".listing:not(.contract)")) {
		const code = listing.querySelector("pre").textContent;
		addCopyButton(listing.querySelector("figcaption"), "the code", code);
	}
	for (const run of document.querySelectorAll(".run")) {
		addCopyButton(run, "the command", run.querySelector("code").textContent);
	}
	for (const code of document.querySelectorAll(".exercise dd code")) {
		if (code.textContent.startsWith("make ")) {
			addCopyButton(code.parentElement, "the command", code.textContent);
		}
	}
	for (const block of document.querySelectorAll("div.console")) {
		addCopyButton(block, "the commands", block.textContent.trim().replace(/^\$ /gm, ""));
	}
}

// --- Links to headings -------------------------------------------------------------------------------

function setUpAnchors() {
	for (const heading of document.querySelectorAll("main h2[id], main h3[id]")) {
		const anchor = document.createElement("a");
		anchor.className = "anchor";
		anchor.href = "#" + heading.id;
		anchor.textContent = "#";
		anchor.setAttribute("aria-label", "Link to: " + heading.textContent);
		heading.append(anchor);
	}
}

// --- The heading that is being read is marked in the list of this page's headings ------------------------

function setUpContents() {
	const list = document.getElementById("on-this-page");
	const links = new Map();
	for (const link of document.querySelectorAll("#on-this-page a")) {
		const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
		if (heading) {
			links.set(heading, link);
		}
	}
	let current = null;
	const mark = () => {
		const above = [...links.keys()].filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
		const link = links.get(above.at(-1)) || null;
		if (link !== current) {
			current?.removeAttribute("aria-current");
			link?.setAttribute("aria-current", "true");
			list.scrollTop = link ? link.offsetTop - list.clientHeight / 2 : 0; // a long list scrolls with the page
			current = link;
		}
	};
	let waiting = false;
	addEventListener("scroll", () => {
		if (!waiting) {
			waiting = true;
			requestAnimationFrame(() => {
				waiting = false;
				mark();
			});
		}
	}, { passive: true });
	mark();
}

// What a link leads to may be folded.
function setUpFolds() {
	const unfold = () => {
		const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
		const fold = target?.closest("details");
		if (fold && !fold.open) {
			fold.open = true;
			target.scrollIntoView();
		}
	};
	addEventListener("hashchange", unfold);
	unfold();
}

// --- Quiz: the style sheet shows the explanation; here it is also spoken and remembered -------------

function setUpQuiz(quiz) {
	const page = location.pathname.split("/").pop();
	const key = "quiz:" + page + ":" + quiz.id;
	const answer = quiz.querySelector(".answer");
	const choices = [...quiz.querySelectorAll("input")];
	const again = document.createElement("button");

	const show = () => { again.hidden = !choices.some((input) => input.checked); };
	again.type = "button";
	again.className = "again";
	again.textContent = "Try again";
	again.addEventListener("click", () => {
		choices.forEach((input) => { input.checked = false; });
		answer.textContent = "";
		remember(key, "");
		show();
		choices[0].focus();
	});
	quiz.append(again);

	quiz.addEventListener("change", (event) => {
		const choice = event.target.closest(".choice");
		answer.textContent = choice.querySelector(".feedback").textContent.trim();
		remember(key, event.target.value);
		show();
	});

	choices.forEach((input) => { input.checked = input.value === recall(key); });
	show();
}

// --- Keyboard and paper --------------------------------------------------------------------------------

// What scrolls sideways must be reachable without a mouse.
function setUpScrolling() {
	for (const box of document.querySelectorAll("pre, .scroll")) {
		if (box.scrollWidth > box.clientWidth) {
			box.tabIndex = 0;
		}
	}
}

// On paper nothing can be unfolded.
function setUpPrinting() {
	let opened = [];
	addEventListener("beforeprint", () => {
		opened = [...document.querySelectorAll("details:not([open])")];
		opened.forEach((fold) => { fold.open = true; });
	});
	addEventListener("afterprint", () => {
		opened.forEach((fold) => { fold.open = false; });
	});
}

setUpTheme();
setUpNotes();
setUpMenu();
setUpFinished();
setUpSearch();
setUpCopyButtons();
setUpAnchors();
setUpContents();
setUpFolds();
document.querySelectorAll(".quiz").forEach(setUpQuiz);
setUpScrolling();
setUpPrinting();
