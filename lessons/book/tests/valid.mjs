// Are the pages HTML and CSS as they should be? The Nu validator reads them all at once, while the other tests run.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { folder, packaged, pages } from "./book.mjs";

function validate(names) {
	const jar = packaged("vnu-jar/build/dist/vnu.jar");
	const java = spawn("java", ["-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", jar, "--stdout", "--format", "json", "--also-check-css",
		"--exit-zero-always", ...names.map((name) => join(folder, name))], { stdio: ["ignore", "pipe", "inherit"] });
	return new Promise((resolve, reject) => {
		let said = "";
		java.on("error", reject);
		java.stdout.on("data", (data) => { said += data; });
		java.on("close", (status) => (status === 0 ? resolve(said) : reject(new Error("java ended with " + status))));
	});
}

const checked = validate([...pages, "book.css"]);
checked.catch(() => {}); // the test tells

test("the pages and their style sheet are valid HTML and CSS", async () => {
	const { messages } = JSON.parse(await checked);
	const wrong = messages.filter((message) => message.type !== "info" || message.subType === "warning");
	assert.deepEqual(wrong.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`), []);
});
