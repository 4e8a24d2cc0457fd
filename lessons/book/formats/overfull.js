// Is a slide fuller than its 1280 by 720, although fit.js has done what it can? Runs after it in a page with all decks
// one after the other, made by check_formats.sh, and leaves there what it found as text.
"use strict";

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
