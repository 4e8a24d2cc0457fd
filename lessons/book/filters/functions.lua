-- The index of the library's functions, for the page of that name. All of it is read from the headers of the
-- exercises: what is declared, what the comment says first, and on which manual pages it rests.

local source = require("source")
local html = require("html")
local header = require("header")
local outline = require("outline")
local manual = require("manual")

local functions = {}

local function first_sentence(comment)
  local sentence = comment:match("^(.-%.)%s+%u") or comment
  return (html.escape(sentence):gsub("`([^`]+)`", "<code>%1</code>"))
end

-- What to read on: the header, and the manual pages on which the contract rests.
local function further(module_name, comment)
  local links = { ('<a href="#header-%s">%s.h</a>'):format(module_name, module_name) }
  for _, page in ipairs(manual.pages_in(comment)) do
    table.insert(links, ('<a href="%s">%s</a>'):format(manual.address(page), page))
  end
  return '<p class="further">' .. table.concat(links, " · ") .. "</p>"
end

local function shown_in_lesson(lesson, name)
  for _, line in ipairs(source.read_lines("lessons/" .. lesson.slug .. "/lesson.md")) do
    if line:find('declaration="' .. name .. '"', 1, true) then return true end
  end
  return false
end

local function item(lesson, module_name, name, comment)
  local anchor = shown_in_lesson(lesson, name) and "#" .. functions.anchor(name) or ""
  return ('<dt id="%s"><a href="%s.html%s"><code>%s</code></a></dt><dd><p>%s</p>%s</dd>'):format("index-" .. name, lesson.slug,
    anchor, name, first_sentence(comment), further(module_name, comment))
end

local function module(lesson)
  local name = lesson.slug:gsub("^%d+%-", "")
  local path = "exercises/" .. lesson.slug .. "/" .. name .. ".h"
  if not source.exists(path) then return {} end
  local lines = source.read_lines(path)
  local items, last = {}, ""
  for _, paragraph in ipairs(header.paragraphs_of(lines)) do
    if #paragraph.comment > 0 then last = table.concat(paragraph.comment, " ") end -- what follows without one belongs to it
    for _, declared in ipairs(header.declared_in(paragraph)) do table.insert(items, item(lesson, name, declared, last)) end
  end
  return {
    pandoc.Header(2, name .. ".h", { id = name }),
    html.raw(('<p>Lesson %d: <a href="%s.html">%s</a>. The header is <code>%s</code>.</p><dl class="functions">%s</dl>')
      :format(lesson.number, lesson.slug, html.escape(lesson.title), path, table.concat(items, "\n"))),
    html.raw('<details class="header" id="header-' .. name .. '"><summary>The header, <code>' .. name .. ".h</code></summary>"),
    pandoc.CodeBlock(table.concat(lines, "\n"), { class = "c" }),
    html.raw("</details>"),
  }
end

-- Where a lesson shows the function's contract.
function functions.anchor(name)
  return "fn-" .. name
end

function functions.blocks()
  local all = pandoc.List()
  for _, lesson in ipairs(outline.read()) do all:extend(module(lesson)) end
  return all
end

return functions
