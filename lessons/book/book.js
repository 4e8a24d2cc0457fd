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
		button.textContent = isDark() ? "Light" : "Dark";
		button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
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
	for (const block of document.querySelectorAll(".console")) {
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

// --- Quiz: the style sheet shows the explanation; here it is also spoken and remembered -------------

function setUpQuiz(quiz) {
	const page = location.pathname.split("/").pop();
	const key = "quiz:" + page + ":" + quiz.id;
	const answer = quiz.querySelector(".answer");

	quiz.addEventListener("change", (event) => {
		const choice = event.target.closest(".choice");
		answer.textContent = choice.querySelector(".feedback").textContent.trim();
		remember(key, event.target.value);
	});

	for (const input of quiz.querySelectorAll("input")) {
		input.checked = input.value === recall(key);
	}
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
setUpCopyButtons();
setUpAnchors();
document.querySelectorAll(".quiz").forEach(setUpQuiz);
setUpScrolling();
setUpPrinting();
