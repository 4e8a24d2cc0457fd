// Quizzes: every answer is explained, with a script and without one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lessons, read, text } from "./book.mjs";

const lesson = lessons[0];

async function answer(page, kind) {
	const choice = page.locator(`.quiz .choice.${kind}`).first();
	await choice.locator("label").click();
	return choice;
}

for (const javaScriptEnabled of [true, false]) {
	test(`a choice shows its explanation, and no other, ${javaScriptEnabled ? "with" : "without"} a script`, () => read({ javaScriptEnabled }, async (page) => {
		await page.open(lesson);
		assert.equal(await page.locator(".feedback:visible").count(), 0);
		const wrong = await answer(page, "wrong");
		assert.match(await wrong.locator(".feedback").innerText(), /^No\. \S/);
		assert.equal(await wrong.locator(".feedback").isVisible(), true);
		const right = await answer(page, "right");
		assert.match(await right.locator(".feedback").innerText(), /^Right\. \S/);
		assert.equal(await right.locator(".feedback").isVisible(), true);
		assert.equal(await wrong.locator(".feedback").isVisible(), false);
	}));
}

test("an explanation is spoken, too", () => read({}, async (page) => {
	await page.open(lesson);
	const right = await answer(page, "right");
	assert.equal(await page.locator(".quiz .answer").first().innerText(), (await right.locator(".feedback").innerText()).trim());
}));

test("an answer is remembered after the page was left", () => read({}, async (page) => {
	await page.open(lesson);
	await answer(page, "right");
	await page.open("index.html");
	await page.open(lesson);
	assert.equal(await page.locator(".quiz .choice.right input").first().isChecked(), true);
	assert.equal(await page.locator(".quiz .choice.right .feedback").first().isVisible(), true);
	assert.equal(await page.locator(".quiz input:checked").count(), 1);
}));

test("an answered quiz can be tried again, also after the page was left", () => read({}, async (page) => {
	await page.open(lesson);
	const again = page.locator(".quiz .again").first();
	assert.equal(await again.isVisible(), false);
	await answer(page, "wrong");
	await again.click();
	assert.equal(await page.locator(".quiz input:checked, .feedback:visible").count(), 0);
	assert.equal(await again.isVisible(), false);
	await page.reload();
	assert.equal(await page.locator(".quiz input:checked").count(), 0);
	await answer(page, "right");
	await page.reload();
	assert.equal(await again.isVisible(), true);
}));

test("a quiz can be answered with the keyboard alone", () => read({}, async (page) => {
	await page.open(lesson);
	await page.locator(".quiz input").first().focus();
	await page.keyboard.press("Space");
	assert.equal(await page.locator(".feedback:visible").count(), 1);
	await page.keyboard.press("ArrowDown");
	assert.equal(await page.locator(".quiz input").nth(1).isChecked(), true);
	assert.equal(await page.locator(".feedback:visible").count(), 1);
}));

test("every quiz has one right answer and explains each", () => {
	let quizzes = 0;
	for (const name of lessons) {
		for (const quiz of text(name).split('<fieldset class="quiz"').slice(1)) {
			const count = (pattern) => quiz.split("</fieldset>")[0].match(pattern)?.length;
			assert.equal(count(/class="choice right"/g), 1, name + quiz.slice(0, 40));
			assert.equal(count(/<strong>(Right|No)\.<\/strong> +\S/g), count(/<input type="radio"/g), name + quiz.slice(0, 40));
			quizzes++;
		}
	}
	assert.ok(quizzes >= lessons.length, `${quizzes} quizzes in ${lessons.length} lessons`);
});
