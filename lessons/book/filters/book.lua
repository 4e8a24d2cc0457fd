-- The filter that turns a lesson into a page of the book; works with pandoc 2.17 and 3.
--
-- Each part is a module beside this file. The order matters: listings and figures before the
-- blocks, because a block becomes HTML with all that is inside it. formats/part.lua begins with the same
-- parts.

local here = PANDOC_SCRIPT_FILE:match("^(.*)/") or "."
package.path = here .. "/?.lua;" .. package.path

local source = require("source")

local passes = {}
for _, part in ipairs({ "refuse", "link", "manual", "listing", "figure", "blocks", "page", "code" }) do
  local passes_of_part = require(part).passes or require(part)
  if part == "page" and source.is_page then table.insert(passes, require("html").dissolve) end
  if part == "code" and not source.is_page then break end
  table.move(passes_of_part, 1, #passes_of_part, #passes + 1, passes)
end
return passes
