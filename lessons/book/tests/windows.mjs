// Every page at a desk and on a phone: can everybody use it, does it fit, and is it quiet?
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { tooFaint } from "./colours.mjs";
import { desk, packaged, pages, phone, read } from "./book.mjs";

const axe = readFileSync(packaged("axe-core/axe.min.js"), "utf8");

// axe's rule of contrast needs longer than all its others together and cannot decide about drawings; colours.mjs does its work.
const settings = {
	preload: false,
	resultTypes: ["violations"],
	rules: { "color-contrast": { enabled: false } },
};

async function serious(page) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate((chosen) => globalThis.axe.run(chosen), settings);
	return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
		.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

// How far the page scrolls sideways, and the elements that are to blame.
function sticksOut() {
	const width = document.documentElement.clientWidth;
	const elements = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1
		&& !element.parentElement.closest("pre, .scroll"));
	return { sideways: document.documentElement.scrollWidth - width, elements: elements.map((element) => element.outerHTML.slice(0, 120)).slice(0, 3) };
}

// Everything that a reader can make appear.
function unfold() {
	document.documentElement.dataset.notes = "on";
	document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
	document.querySelectorAll(".feedback").forEach((feedback) => { feedback.style.display = "block"; });
}

// At a desk with everything unfolded, on a phone as the page comes.
async function atDesk(page) {
	await page.evaluate(unfold);
	for (const colorScheme of ["light", "dark"]) {
		await page.emulateMedia({ colorScheme });
		assert.deepEqual(await serious(page), [], "axe, at a desk, " + colorScheme);
		const { faint, texts } = await page.evaluate(tooFaint);
		assert.ok(texts > 20, `there are ${texts} texts to look at`);
		assert.deepEqual(faint, [], "contrast, " + colorScheme);
	}
}

async function onPhone(page) {
	for (const colorScheme of ["light", "dark"]) {
		await page.emulateMedia({ colorScheme });
		assert.deepEqual(await serious(page), [], "axe, on a phone, " + colorScheme);
	}
	await page.evaluate(unfold);
}

for (const name of pages) {
	test(`${name}: everybody can use it, nothing sticks out, nothing fails, nothing is fetched`, async () => {
		await Promise.all([[desk, atDesk], [phone, onPhone]].map(([viewport, look]) => read({ viewport }, async (page) => {
			await page.open(name);
			assert.deepEqual(page.complaints, []);
			await look(page);
			const { sideways, elements } = await page.evaluate(sticksOut);
			assert.equal(sideways, 0, `a window of ${viewport.width} pixels scrolls sideways, for ${elements}`);
			assert.deepEqual(page.complaints, []);
		})));
	});
}
