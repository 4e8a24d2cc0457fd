// Is a slide fuller than its 1280 by 720? Runs in a page with all decks one after the other, made by check_formats.sh,
// and leaves there what it found as text.
"use strict";

const WIDTH = 1280, HEIGHT = 720;

function faultsOf(slide) {
	const frame = slide.getBoundingClientRect();
	const faults = [];
	for (const element of slide.querySelectorAll("*")) {
		const box = element.getBoundingClientRect();
		if (box.bottom > frame.top + HEIGHT + 1 || box.right > frame.left + WIDTH + 1) {
			faults.push(`${element.localName} ends at ${Math.round(box.right - frame.left)} x ${Math.round(box.bottom - frame.top)}`);
			break;
		}
	}
	for (const code of slide.querySelectorAll("pre")) {
		if (code.scrollWidth > code.clientWidth + 1) {
			faults.push(`a line of code is ${code.scrollWidth} wide, there is room for ${code.clientWidth}`);
		}
	}
	return faults;
}

const lines = [];
let number = 0, deck = "";
for (const slide of document.querySelectorAll(".slides > section")) {
	number = slide.dataset.deck === deck ? number + 1 : 1;
	deck = slide.dataset.deck;
	for (const fault of faultsOf(slide)) {
		lines.push(`${deck} slide ${number} (${slide.querySelector("h2").textContent.trim()}): ${fault}`);
	}
}
const found = document.createElement("pre");
found.id = "found";
found.textContent = ["BEGIN", `${document.querySelectorAll(".slides > section").length} slides measured`, ...lines, "END"].join("\n");
document.body.replaceChildren(found);
