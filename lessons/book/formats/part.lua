-- A lesson, or another page, as a part of the book in one document: all that the filters of the pages make of it, but
-- with a heading of its own, and with identifiers that no other part has. Its units (filters/html.lua) are still units,
-- and a quiz has its answers folded: pdf.lua, epub.lua and slides.lua do the rest.

local here = PANDOC_SCRIPT_FILE:match("^(.*)/") or "."
package.path = here .. "/../filters/?.lua;" .. package.path

local source = require("source")
local html = require("html")

source.is_page = false
local passes = require("book")

-- The identifier in the one document of a page, and of what it calls `id`. (One that begins with a digit, pandoc 3 changes.)
local function identifier(slug, id)
  return "page-" .. slug .. (id and "--" .. id or "")
end

-- "#fork" and "03-memory.html#atomic" as places in the one document; nil for what is not in the book.
local function place(target)
  if target:match("^#") then return "#" .. identifier(source.slug, target:sub(2)) end
  local slug, id = target:match("^([%w-]+)%.html#(.+)$")
  if slug then return "#" .. identifier(slug, id) end
  slug = target:match("^([%w-]+)%.html$")
  return slug and "#" .. identifier(slug)
end

local function renamed(element)
  if element.identifier == "" then return nil end
  element.identifier = identifier(source.slug, element.identifier)
  return element
end

local function link(element)
  element.target = place(element.target) or element.target
  return element
end

-- HTML that the filters wrote. A link in it becomes one of pandoc's, which knows in which file its target will be.
local function raw(element)
  local text = element.text
  text = text:gsub('([ -]%l+)="([^"]*)"', function(name, id)
    local names_places = name == " id" or name == "-labelledby"
    return names_places and ('%s="%s"'):format(name, identifier(source.slug, id)) or nil
  end)
  local inlines, rest = pandoc.List(), 1
  for before, target, words, after in text:gmatch('()<a href="([^"]*)">(.-)</a>()') do
    inlines:insert(pandoc.RawInline("html", text:sub(rest, before - 1)))
    inlines:insert(pandoc.Link({ pandoc.RawInline("html", words) }, place(target) or target))
    rest = after
  end
  if rest == 1 then return html.raw(text) end
  inlines:insert(pandoc.RawInline("html", text:sub(rest)))
  return pandoc.Plain(inlines)
end

local function labelled_list(label, items)
  local blocks = pandoc.List({ html.raw('<p class="label">' .. label .. "</p>") })
  local list = pandoc.List()
  for _, item in ipairs(items) do list:insert({ pandoc.Plain(item) }) end
  blocks:insert(pandoc.BulletList(list))
  return html.wrap("<div>", blocks, "</div>")
end

local function opening(meta)
  local stringify = pandoc.utils.stringify
  if not source.is_lesson then
    return { pandoc.Header(1, source.slug == "index" and "About this book" or meta.title, { id = identifier(source.slug) }) }
  end
  local number = stringify(meta.number)
  local title = pandoc.List({ pandoc.Span({ pandoc.Str(number) }, { class = "number" }), pandoc.Space() })
  title:extend(meta.title)
  local overview = labelled_list("Questions", meta.questions)
  overview:extend(labelled_list("Afterwards you can", meta.objectives))
  local blocks = pandoc.List({
    pandoc.Header(1, title, { id = identifier(source.slug) }),
    html.raw(('<p class="kicker">Lesson %s <span>· %s min · exercise %s min</span></p>'):format(number,
      stringify(meta.teaching), stringify(meta.exercises))),
  })
  blocks:extend(html.wrap('<div class="overview">', overview, "</div>"))
  return blocks
end

local function part(doc)
  local blocks = pandoc.List(opening(doc.meta))
  blocks:extend(doc.blocks)
  -- Not the title and the like, or the last part would give them to the book.
  return pandoc.Pandoc(blocks, { lesson = doc.meta })
end

table.insert(passes, { Header = renamed, Span = renamed, Link = link, RawBlock = raw })
table.insert(passes, { Pandoc = part })
return passes
