-- What the search finds on a page: its sections, each with heading, anchor, and text. The words of listings
-- belong to it, those of output do not. Written as one JavaScript line a section, for book.js.

local source = require("source")
local functions = require("functions")

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

-- Who looks for a function wants its contract, or its line in the list of all functions: each is a section of its own.
local function function_sections(raw)
  local sections = {}
  for name in raw:gmatch('<figure id="fn%-([%w_]+)"') do
    table.insert(sections, { heading = name, anchor = functions.anchor(name), words = {}, is_contract = true })
  end
  for name, text in raw:gmatch('<dt id="index%-([%w_]+)">.-<dd><p>(.-)</p>') do
    table.insert(sections, { heading = name, anchor = "index-" .. name, words = { (text:gsub("<[^>]+>", "")) } })
  end
  return sections
end

-- The terms of the glossary, too.
local function term_sections(list)
  local sections = {}
  for _, entry in ipairs(list.content) do
    local term = entry[1][1]
    if term.t == "Span" and term.identifier:match("^term%-") then
      table.insert(sections, { heading = stringify(term), anchor = term.identifier,
        words = { stringify(pandoc.utils.blocks_to_inlines(entry[2][1])) } })
    end
  end
  return sections
end

local function sections_of(doc)
  local section = { heading = "", anchor = "", words = {} }
  local sections, contract = { section }, nil
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" and block.level <= 3 then
      section = { heading = stringify(block), anchor = block.identifier, words = {} }
      table.insert(sections, section)
    elseif block.t == "RawBlock" then
      for _, found in ipairs(function_sections(block.text)) do
        table.insert(sections, found)
        contract = found.is_contract and found or nil
      end
      if block.text:match("</figure>$") then contract = nil end
    elseif block.t == "DefinitionList" and #term_sections(block) > 0 then
      for _, found in ipairs(term_sections(block)) do table.insert(sections, found) end
    else
      table.insert((contract or section).words, words_of(block))
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
