// Pictures of the pages, to be looked at: at a desk and on a phone, light and dark, in pieces of a height that can be read.
// usage: node pictures.mjs FOLDER
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { close, desk, pages, phone, reader } from "./book.mjs";

const HEIGHT = 1800;
const OVERLAP = 120; // what the header covers

const folder = process.argv[2];
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

async function pieces(page, stem) {
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	for (let piece = 1, top = 0; piece === 1 || top + OVERLAP < height; piece++, top += HEIGHT - OVERLAP) {
		await page.evaluate((y) => scrollTo(0, y), top);
		await page.screenshot({ path: join(folder, `${stem}-${String(piece).padStart(2, "0")}.png`) });
	}
}

for (const [place, { width }] of Object.entries({ desk, phone })) {
	const page = await reader({ viewport: { width, height: HEIGHT } });
	for (const name of pages) {
		await page.open(name);
		for (const colorScheme of ["light", "dark"]) {
			await page.emulateMedia({ colorScheme });
			await pieces(page, name.replace(".html", `-${place}-${colorScheme}`));
		}
	}
	await page.leave();
}
await close();
