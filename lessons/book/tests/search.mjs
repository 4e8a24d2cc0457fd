// Does the search find what is there, and nothing else? With the keyboard alone, from the disk.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { reader, text } from "./book.mjs";

async function found(page, words) {
	await page.fill("#words", "");
	await page.fill("#words", words);
	await page.waitForFunction(() => document.querySelector("#count").textContent !== "");
	return page.locator("#found li").allInnerTexts();
}

// All search on one page, as a reader would.
const page = await reader();
await page.open("index.html");
after(() => page.leave());

const searching = (look) => async () => {
	await look(page);
	assert.deepEqual(page.complaints, []);
};

test("the search finds a word of the text", searching(async (page) => {
	assert.match((await found(page, "zombie")).join(), /zombie/i);
}));

test("the search finds the beginning of a word", searching(async (page) => {
	assert.match((await found(page, "zomb")).join(), /zombie/i);
}));

test("the search finds code that stands only in a listing", searching(async (page) => {
	assert.match((await found(page, "WEXITSTATUS")).join(), /WEXITSTATUS/);
}));

test("of a function of the library the search finds the contract first, and the index of functions", searching(async (page) => {
	await found(page, "process_join");
	assert.deepEqual(await page.locator("#found strong").evaluateAll((all) => all.slice(0, 2).map((heading) => heading.textContent)),
		["process_join", "process_join"]);
	assert.deepEqual((await page.locator("#found a").evaluateAll((all) => all.slice(0, 2).map((link) => link.getAttribute("href")))).sort(),
		["02-process.html#fn-process_join", "functions.html#index-process_join"]);
}));

test("the search finds a word's meaning in the glossary", searching(async (page) => {
	await found(page, "orphan");
	assert.equal(await page.locator("#found a[href='glossary.html#term-orphan']").count(), 1);
}));

test("every hit leads to a place that exists", searching(async (page) => {
	await page.fill("#words", "pi");
	await page.waitForSelector("#found li");
	const sections = await page.evaluate(() => bookSections.map(({ page: name, anchor }) => [name, anchor]));
	assert.ok(sections.length > 100, `the index has ${sections.length} sections`);
	const missing = sections.filter(([name, anchor]) => anchor && !text(name + ".html").includes(`id="${anchor}"`));
	assert.deepEqual(missing, []);
}));

test("the search finds sections with all of the words only", searching(async (page) => {
	assert.notEqual((await found(page, "zombie")).length, 0);
	assert.deepEqual(await found(page, "zombie xyzzy"), []);
}));

test("the search says that it has found nothing", searching(async (page) => {
	assert.deepEqual(await found(page, "xyzzy"), []);
	assert.equal(await page.innerText("#count"), "Nothing found");
}));

test("Escape ends the search and leaves nothing behind", searching(async (page) => {
	assert.notEqual((await found(page, "pipe")).length, 0);
	await page.focus("#words");
	await page.keyboard.press("Escape");
	assert.equal(await page.isVisible("#found"), false);
	assert.equal(await page.inputValue("#words"), "");
	assert.equal(await page.getAttribute("#words", "aria-expanded"), "false");
}));

test("the words are marked in what was found", searching(async (page) => {
	await found(page, "zombie");
	assert.match((await page.locator("#found mark").first().innerText()).toLowerCase(), /^zombie$/);
}));

test("a slash begins the search, arrows choose, Enter opens the section, at its heading", searching(async (page) => {
	await page.fill("#words", "");
	await page.locator("#words").blur();
	await page.keyboard.press("/");
	await page.keyboard.type("waitpid");
	await page.waitForSelector("#found li");
	await page.keyboard.press("ArrowDown");
	assert.equal(await page.getAttribute("#words", "aria-activedescendant"), "found-1");
	await page.keyboard.press("ArrowUp");
	assert.equal(await page.getAttribute("#words", "aria-activedescendant"), "found-0");
	const target = await page.getAttribute("#found-0 a", "href");
	await page.keyboard.press("Enter");
	await page.waitForURL((url) => url.href.endsWith(target));
	const top = await page.locator(decodeURI(new URL(page.url()).hash)).evaluate((place) => place.getBoundingClientRect().top);
	assert.ok(top >= 0 && top < 300, `the section begins ${top} pixels below the window's top`);
}));
