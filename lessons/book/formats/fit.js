// Code, tables and words of a slide become smaller until all of it fits in 1280 by 720. size.lua says with which size
// to begin; what a line needs is known here only. Runs before reveal.js hides the slides.
"use strict";

const WIDTH = 1280, HEIGHT = 720;
const SIZES = ["large", "", "small", "smaller", "smallest"];

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

function fit(slide) {
	const display = slide.style.display;
	slide.style.display = "block";
	let size = SIZES.findIndex((name) => name !== "" && slide.classList.contains(name));
	if (size === -1) {
		size = SIZES.indexOf("");
	}
	while (size + 1 < SIZES.length && faultsOf(slide).length > 0) {
		if (SIZES[size] !== "") {
			slide.classList.remove(SIZES[size]);
		}
		size++;
		if (SIZES[size] !== "") {
			slide.classList.add(SIZES[size]);
		}
	}
	slide.style.display = display;
}

document.querySelectorAll(".slides > section").forEach(fit);
