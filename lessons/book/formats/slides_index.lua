-- The list of all decks, from the outline of the book.

local here = PANDOC_SCRIPT_FILE:match("^(.*)/") or "."
package.path = here .. "/../filters/?.lua;" .. package.path

local outline = require("outline")

local function index(doc)
  doc.meta.decks = outline.read()
  for _, deck in ipairs(doc.meta.decks) do deck.number = tostring(deck.number) end
  return doc
end

return { { Pandoc = index } }
