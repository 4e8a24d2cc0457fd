-- What the search finds on a page: its sections, each with heading, anchor, and text. The words of listings
-- belong to it, those of output do not. Written as one JavaScript line a section, for book.js.

local source = require("source")

local stringify = pandoc.utils.stringify

local search = {}

local function quoted(text)
  local names = { ['"'] = '\\"', ["\\"] = "\\\\", ["<"] = "\\u003c" }
  return '"' .. text:gsub("[%c%s]+", " "):gsub('["\\<]', names) .. '"'
end

-- Text of a block, its listings included. Markup between blocks is no text.
local function words_of(block)
  if block.t == "RawBlock" then return "" end
  if block.t == "CodeBlock" then return block.text end
  if block.content == nil or block.t == "Para" or block.t == "Plain" then return stringify(block) end
  local words = {}
  pandoc.walk_block(block, {
    CodeBlock = function(code) table.insert(words, code.text) end,
    Plain = function(plain) table.insert(words, stringify(plain)) end,
    Para = function(para) table.insert(words, stringify(para)) end,
  })
  return table.concat(words, " ")
end

local function sections_of(doc)
  local sections = { { heading = "", anchor = "", words = {} } }
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" and block.level <= 3 then
      table.insert(sections, { heading = stringify(block), anchor = block.identifier, words = {} })
    else
      table.insert(sections[#sections].words, words_of(block))
    end
  end
  return sections
end

-- Writes the file that the environment names as BOOK_SEARCH, if it does.
function search.write(doc)
  local path = os.getenv("BOOK_SEARCH")
  if not path then return end
  local file = assert(io.open(path, "w"))
  for _, section in ipairs(sections_of(doc)) do
    local text = table.concat(section.words, " ")
    if section.heading ~= "" or text:match("%S") then
      file:write(("{page:%s,title:%s,anchor:%s,heading:%s,text:%s},\n"):format(quoted(source.slug),
        quoted(stringify(doc.meta.title)), quoted(section.anchor), quoted(section.heading), quoted(text)))
    end
  end
  file:close()
end

return search
