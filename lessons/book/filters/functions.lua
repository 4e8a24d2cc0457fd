-- The index of the library's functions, for the page of that name. All of it is read from the headers of the
-- exercises: what is declared, what the comment says first, and on which manual pages it rests.

local source = require("source")
local html = require("html")
local header = require("header")
local outline = require("outline")

local functions = {}

local function first_sentence(comment)
  local sentence = comment:match("^(.-%.)%s+%u") or comment
  return (html.escape(sentence):gsub("`([^`]+)`", "<code>%1</code>"))
end

-- "fork(2)", "libcurl-easy(3)": each once, in the order in which they stand there.
local function manual_pages_in(comment)
  local pages, seen = {}, {}
  for page in comment:gmatch("[%a_][%w_%-]*%([2378]%)") do
    if not seen[page] then table.insert(pages, page) end
    seen[page] = true
  end
  return pages
end

local function shown_in_lesson(lesson, name)
  for _, line in ipairs(source.read_lines("lessons/" .. lesson.slug .. "/lesson.md")) do
    if line:find('declaration="' .. name .. '"', 1, true) then return true end
  end
  return false
end

local function item(lesson, name, comment)
  local anchor = shown_in_lesson(lesson, name) and "#" .. functions.anchor(name) or ""
  local pages = table.concat(manual_pages_in(comment), ", ")
  return ('<dt id="%s"><a href="%s.html%s"><code>%s</code></a></dt><dd>%s%s</dd>'):format("index-" .. name, lesson.slug,
    anchor, name, first_sentence(comment),
    pages == "" and "" or ' <span class="times">' .. html.escape(pages) .. "</span>")
end

local function module(lesson)
  local name = lesson.slug:gsub("^%d+%-", "")
  local path = "exercises/" .. lesson.slug .. "/" .. name .. ".h"
  if not source.exists(path) then return {} end
  local lines = source.read_lines(path)
  local items, last = {}, ""
  for _, paragraph in ipairs(header.paragraphs_of(lines)) do
    if #paragraph.comment > 0 then last = table.concat(paragraph.comment, " ") end -- what follows without one belongs to it
    for _, declared in ipairs(header.declared_in(paragraph)) do table.insert(items, item(lesson, declared, last)) end
  end
  return {
    pandoc.Header(2, name .. ".h", { id = name }),
    html.raw(('<p>Lesson %d: <a href="%s.html">%s</a>. The header is <code>%s</code>.</p><dl class="functions">%s</dl>')
      :format(lesson.number, lesson.slug, html.escape(lesson.title), path, table.concat(items, "\n"))),
    html.raw('<details><summary>The whole header</summary><pre tabindex="0"><code>'
      .. html.escape(table.concat(lines, "\n")) .. "</code></pre></details>"),
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
