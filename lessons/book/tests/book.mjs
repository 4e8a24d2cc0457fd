// The made book, and a browser to read it with: what the tests of the pages and the pictures need.
//
// There is one browser; a reader is a context of it, with a window and an empty memory.
// From the environment come BOOK, the folder of the pages, NPM, the folder of the packages, and perhaps PAGES.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const npm = createRequire(resolve(process.env.NPM, "package.json"));
const { chromium } = npm("playwright-core");

export const folder = resolve(process.env.BOOK);
const root = pathToFileURL(folder + "/").href;
const made = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
export const lessons = made.filter((name) => /^\d\d-/.test(name));
// All, or those that somebody has chosen who works on them: PAGES="index 02-process"
const chosen = process.env.PAGES?.split(" ").filter(Boolean).map((stem) => stem + ".html") ?? [];
export const pages = chosen.length > 0 ? made.filter((name) => chosen.includes(name)) : made;

export const desk = { width: 1300, height: 900 };
export const phone = { width: 390, height: 844 };

export const text = (name) => readFileSync(resolve(folder, name), "utf8");
export const packaged = (path) => npm.resolve(path);

const programs = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"];
const browser = await chromium.launch({
	executablePath: programs.find((path) => path && existsSync(path)),
	args: ["--disable-gpu", "--disable-quic"],
});

// A page of a new reader, with these settings of the browser. It notes in `complaints` what should not happen: errors of
// the page's scripts, and everything that it asks for and that does not lie on the disk.
export async function reader(settings = {}) {
	const context = await browser.newContext({ viewport: desk, colorScheme: "light", reducedMotion: "reduce", ...settings });
	context.setDefaultTimeout(60000); // a busy machine is no mistake of the page
	const page = await context.newPage();
	page.complaints = [];
	page.on("console", (message) => {
		if (message.type() === "error") page.complaints.push(message.text());
	});
	page.on("pageerror", (error) => page.complaints.push(error.message));
	page.on("request", (request) => {
		if (!/^(file|data):/.test(request.url())) page.complaints.push("asks for " + request.url());
	});
	page.open = (name) => page.goto(root + name);
	page.leave = () => context.close();
	return page;
}

// The same, for a test: read(settings, async (page) => ...). The reader leaves also when the test fails.
export async function read(settings, look) {
	const page = await reader(settings);
	try {
		await look(page);
	} finally {
		await page.leave();
	}
}

export const close = () => browser.close();
