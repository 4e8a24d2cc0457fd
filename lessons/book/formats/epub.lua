-- The parts of the book become the chapters of an EPUB. pandoc puts a section around what follows a heading; one that
-- began in a box would not end with it, so headings in boxes become plain HTML.

local here = PANDOC_SCRIPT_FILE:match("^(.*)/") or "."
package.path = here .. "/../filters/?.lua;" .. package.path

local html = require("html")

local function heading(header)
  local tag = "h" .. header.level
  return html.wrap(('<%s id="%s">'):format(tag, header.identifier), { pandoc.Plain(header.content) }, "</" .. tag .. ">")
end

local function unit(div)
  if html.is_unit(div) then return pandoc.walk_block(div, { Header = heading }) end
end

-- Where the reader's fingers are the mouse, nothing has to be reached by a keyboard. The properties that number lines
-- are for book.css.
local function raw(element)
  element.text = element.text:gsub(' tabindex="0"', ""):gsub(' style="%-%-[^"]*"', "")
  return element
end

return { { Div = unit }, { RawBlock = raw }, html.dissolve }
