-- What a lesson may not contain at all. Runs first, on the text as it was written.

local source = require("source")

-- A fence that pandoc did not understand stays in the text as it is; so does [a reference][to-nowhere].
local function text(str)
  if str.text:match("^:::") then source.fail("a fence that is not understood: " .. str.text, str.text) end
  if str.text:match("%]%[") or str.text:match("%[%^") then
    source.fail("a reference to what is not defined: " .. str.text, str.text)
  end
end

-- What the filters make of blocks has this name.
local function div(block)
  if block.classes:includes("unit") then source.fail('unknown block "unit"', "unit") end
end

-- HTML would go past every check, and would be missing from a book in another format.
local function raw(element)
  if not element.text:match("^%s*<!%-%-") then
    source.fail("HTML in a lesson: " .. element.text, element.text:match("[^\n]+"))
  end
end

return { { Str = text, Div = div, RawBlock = raw, RawInline = raw } }
