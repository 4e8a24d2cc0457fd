// All tests of the pages, in one process, for they share a browser: make check-pages.
import { after } from "node:test";
import { close } from "./book.mjs";

await import("./valid.mjs");
await import("./windows.mjs");
await import("./search.mjs");
await import("./keyboard.mjs");
await import("./quiz.mjs");
await import("./extras.mjs");
after(close);
