// What a page can do beyond being read: colours, ticks, notes, copying, folds, paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lessons, pages, read, text } from "./book.mjs";

const lesson = lessons[0];
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("the colours are the system's until the reader chooses others, which are remembered on every page", () => read({ colorScheme: "light" }, async (page) => {
	await page.open(lesson);
	const light = await background(page);
	await page.emulateMedia({ colorScheme: "dark" });
	const dark = await background(page);
	assert.notEqual(light, dark);
	await page.click("#theme");
	assert.equal(await background(page), light);
	await page.open("index.html");
	assert.equal(await background(page), light);
	await page.click("#theme");
	await page.reload();
	assert.equal(await background(page), dark);
}));

test("a finished lesson has its tick in the list of lessons, on every page, until it is taken away", () => read({}, async (page) => {
	const ticks = () => page.locator("#lessons li.done").count();
	await page.open(lesson);
	assert.equal(await ticks(), 0);
	assert.equal(await page.isVisible("#progress"), false);
	await page.check("#finished");
	assert.equal(await ticks(), 1);
	assert.equal(await page.isVisible("#progress"), true);
	assert.equal(await page.innerText("#progress"), `1 of ${lessons.length} lessons finished`);
	await page.open("index.html");
	assert.equal(await page.locator("main li.done").count(), 1);
	assert.equal(await ticks(), 1);
	assert.match(await page.getAttribute("#lessons li.done a", "aria-label"), /finished/);
	await page.open(lesson);
	assert.equal(await page.isChecked("#finished"), true);
	await page.uncheck("#finished");
	await page.open("index.html");
	assert.equal(await ticks(), 0);
}));

test("notes for instructors are hidden until somebody asks for them, and then shown on every page", () => read({}, async (page) => {
	const notes = () => page.locator(".instructor:visible").count();
	await page.open(lesson);
	assert.equal(await notes(), 0);
	await page.click("#notes");
	assert.notEqual(await notes(), 0);
	assert.equal(await page.getAttribute("#notes", "aria-pressed"), "true");
	await page.open(lessons[1]);
	assert.notEqual(await notes(), 0);
	await page.click("#notes");
	await page.reload();
	assert.equal(await notes(), 0);
}));

test("without a script the notes are there, folded, and no button stands there for nothing", () => read({ javaScriptEnabled: false }, async (page) => {
	await page.open(lesson);
	assert.notEqual(await page.locator(".instructor:visible").count(), 0);
	assert.equal(await page.locator("button:visible").count(), 0);
	assert.equal(await page.locator("input[type=checkbox]:visible, #words:visible").count(), 0);
}));

test("a copy button copies the code without numbers, and the commands without the prompt", () => read({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
	const copied = () => page.evaluate(() => navigator.clipboard.readText());
	await page.open(lesson);
	const listing = page.locator(".listing:has(.run)").first();
	await listing.hover();
	await listing.locator("figcaption .copy").click();
	const code = await copied();
	assert.equal(code.trim(), (await listing.locator("pre").innerText()).trim());
	assert.doesNotMatch(code, /^\s*\d+\s/m);
	assert.equal(await listing.locator("figcaption .copy").innerText(), "Copied");
	await listing.locator(".run .copy").click();
	assert.match(await copied(), /^make run-lesson L=\S+ P=\S+$/);
	await page.open("index.html");
	await page.locator(".console .copy").first().click();
	assert.match(await copied(), /^git clone \S+ \S+\ncd \S+\nmake$/);
}));

test("a hint and a solution are folded, open, and fold again; also without a script", () => read({ javaScriptEnabled: false }, async (page) => {
	await page.open(lesson);
	for (const kind of ["hint", "solution"]) {
		const fold = page.locator("details." + kind).first();
		const inside = fold.locator(":scope > :not(summary)").first();
		assert.equal(await inside.isVisible(), false, kind);
		await fold.locator("summary").click();
		assert.equal(await inside.isVisible(), true, kind);
		await fold.locator("summary").click();
		assert.equal(await inside.isVisible(), false, kind);
	}
}));

test("a link to a heading stands beside it and leads to it", () => read({}, async (page) => {
	await page.open(lesson);
	const heading = page.locator("main h2[id]:has(.anchor)").nth(1);
	const id = await heading.getAttribute("id");
	await heading.locator(".anchor").click();
	assert.equal(new URL(page.url()).hash, "#" + id);
}));

test("the heading that is being read is marked in the list of headings", () => read({}, async (page) => {
	await page.open(lesson);
	for (const link of [page.locator("#on-this-page a").last(), page.locator("#on-this-page a").nth(1)]) {
		await page.evaluate((id) => document.getElementById(id).scrollIntoView(), (await link.getAttribute("href")).slice(1));
		await page.waitForFunction((element) => element.hasAttribute("aria-current"), await link.elementHandle());
		assert.equal(await page.locator("#on-this-page [aria-current]").count(), 1);
		assert.equal(await link.evaluate((element) => {
			const { top, bottom } = element.getBoundingClientRect();
			return top >= 0 && bottom <= innerHeight;
		}), true, "the marked line is in the window");
	}
}));

test("a link to a header in the index of functions unfolds it", () => read({}, async (page) => {
	await page.open("functions.html");
	const link = page.locator("a[href^='#header-']").first();
	const header = page.locator((await link.getAttribute("href")) + " pre");
	assert.equal(await header.isVisible(), false);
	await link.click();
	await header.waitFor({ state: "visible" });
}));

test("the index of functions leads to lesson, header and manual page", () => {
	const index = text("functions.html");
	const entries = index.split('<dt id="index-').slice(1);
	assert.ok(entries.length > 20, `the index has ${entries.length} functions`);
	for (const entry of entries) {
		assert.match(entry, /^\w+"><a href="\d\d-[a-z-]+\.html(#fn-\w+)?">/);
		assert.match(entry, /<a href="#header-[a-z-]+">/);
	}
	assert.match(index.split("index-process_start")[1], /href="https:\/\/manpages\.debian\.org\/fork\.2"/);
});

test("every listing of a lesson has its file's name, and a line that runs it", () => {
	for (const name of lessons.filter((lesson) => pages.includes(lesson))) {
		for (const listing of text(name).split('<figure class="listing"').slice(1)) {
			const shown = listing.split("</figure>")[0];
			const [, file] = shown.match(/<figcaption>([\w./-]+)<\/figcaption>/);
			if (/^\d\d-/.test(file)) assert.match(shown, /class="run">.*make run-lesson L=\d\d-[a-z-]+ P=\w+/, `${name}: ${file}`);
		}
	}
});

test("on paper there are no buttons and no lists of pages, folds are open, and every answer is explained", () => read({}, async (page) => {
	await page.open(lesson);
	const folds = await page.locator("details").count();
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	await page.emulateMedia({ media: "print", colorScheme: "dark" });
	assert.equal(await page.locator("main details[open]").count(), folds);
	assert.equal(await page.locator("button:visible, nav:visible, header:visible, .anchor:visible, .finished:visible").count(), 0);
	assert.equal(await page.locator(".feedback:visible").count(), await page.locator(".feedback").count());
	assert.equal(await background(page), "rgb(255, 255, 255)", "paper is white");
	await page.setViewportSize({ width: 660, height: 930 }); // what is left of A4 between its margins
	assert.deepEqual(await page.$$eval("main *", (all) => all.filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
		.map((element) => element.outerHTML.slice(0, 80))), [], "sticks out of the paper");
	await page.evaluate(() => dispatchEvent(new Event("afterprint")));
	assert.equal(await page.locator("main details[open]").count(), 0);
}));
