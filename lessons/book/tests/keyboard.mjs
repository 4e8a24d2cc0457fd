// A reader without a mouse: what the Tab key reaches, in which order, and whether one sees where it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lessons, phone, read } from "./book.mjs";

const lesson = lessons[0];
const focused = (page) => page.evaluate(() => {
	const { tagName, id, className } = document.activeElement;
	return tagName.toLowerCase() + (id ? "#" + id : "") + (className ? "." + className.split(" ")[0] : "");
});

test("the first Tab leads to a link that skips to the text", () => read({}, async (page) => {
	await page.open(lesson);
	await page.keyboard.press("Tab");
	assert.equal(await focused(page), "a.skip");
	assert.equal(await page.locator(".skip").evaluate((link) => link.getBoundingClientRect().left >= 0), true, "the link is seen");
	await page.keyboard.press("Enter");
	assert.equal(await focused(page), "main#main");
	await page.keyboard.press("Tab");
	assert.equal(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)), true);
}));

test("Tab goes through the page in its order, stops at no hidden place, and what has the focus is framed", () => read({}, async (page) => {
	await page.open(lesson);
	const stops = [];
	for (;;) {
		await page.keyboard.press("Tab");
		const stop = await page.evaluate(() => {
			const element = document.activeElement;
			const all = [...document.querySelectorAll("*")];
			const style = getComputedStyle(element);
			const box = element.getBoundingClientRect();
			return { order: all.indexOf(element), html: element.outerHTML.slice(0, 100), region: element.closest("header, nav, main")?.id,
				framed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, seen: box.width > 0 && box.height > 0 && box.right > 0,
				end: element === document.body };
		});
		if (stop.end || stops.some(({ order }) => order === stop.order)) break;
		stops.push(stop);
	}
	assert.ok(stops.length > 40, `Tab stops at ${stops.length} places`);
	assert.deepEqual(stops.filter(({ framed }) => !framed).map(({ html }) => html), [], "the focus cannot be seen");
	assert.deepEqual(stops.filter(({ seen }) => !seen).map(({ html }) => html), [], "Tab stops at something that is not there");
	const orders = stops.map(({ order }) => order);
	assert.deepEqual(orders, orders.toSorted?.((a, b) => a - b) ?? [...orders].sort((a, b) => a - b));
	assert.deepEqual([...new Set(stops.map(({ region }) => region).filter(Boolean))], ["lessons", "main", "on-this-page"]);
}));

test("on a phone the lessons come with the menu's button, get the focus, and go with Escape", () => read({ viewport: phone }, async (page) => {
	await page.open(lesson);
	assert.equal(await page.isVisible("#lessons"), false);
	await page.focus("#menu");
	await page.keyboard.press("Enter");
	assert.equal(await page.isVisible("#lessons"), true);
	assert.equal(await page.getAttribute("#menu", "aria-expanded"), "true");
	assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "page");
	await page.keyboard.press("Escape");
	assert.equal(await page.isVisible("#lessons"), false);
	assert.equal(await focused(page), "button#menu.icon");
}));

test("on a phone a tap beside the lessons closes them, and a tap on one opens it", () => read({ viewport: phone, hasTouch: true }, async (page) => {
	await page.open(lesson);
	await page.tap("#menu");
	await page.touchscreen.tap(phone.width - 5, phone.height / 2);
	assert.equal(await page.isVisible("#lessons"), false);
	await page.tap("#menu");
	await page.locator("#lessons li a").nth(1).tap();
	await page.waitForURL((url) => url.href.endsWith(lessons[1]));
	assert.equal(await page.isVisible("#lessons"), false);
}));

test("on a phone the headings of the page stand below the lessons", () => read({ viewport: phone }, async (page) => {
	await page.open(lesson);
	await page.click("#menu");
	await page.locator("#sidebar #on-this-page a").nth(2).click();
	assert.match(page.url(), /#./);
	assert.equal(await page.isVisible("#lessons"), false);
}));

test("on a phone without a script a link leads to the lessons, which stand below the text", () => read({ viewport: phone, javaScriptEnabled: false }, async (page) => {
	await page.open(lesson);
	await page.click(".to-lessons");
	assert.equal(await page.locator("#lessons").evaluate((list) => list.getBoundingClientRect().top < innerHeight), true);
	const [text, list] = await Promise.all(["main", "#lessons"].map((place) => page.locator(place).evaluate((element) => element.getBoundingClientRect().top)));
	assert.ok(list > text);
}));
