// All tests of the pages, or some, in one process, for they share a browser: node check.mjs [search quiz ...]
import { after } from "node:test";
import { close } from "./book.mjs";

const all = ["valid", "windows", "search", "keyboard", "quiz", "extras"];
const chosen = process.argv.slice(2);
for (const part of chosen.length > 0 ? chosen : all) await import(`./${part}.mjs`);
after(close);
