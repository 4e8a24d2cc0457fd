-- The blocks of a lesson, a closed list: a name that is not in it stops the build, so a misspelt
-- fence cannot pass as text.
--
--   ::: pitfall
--   ### A child that nobody waits for
--   ...
--   :::

local source = require("source")
local html = require("html")
local quiz = require("quiz")
local outline = require("outline")
local functions = require("functions")

local function first_header(div, kind, line)
  local header = div.content[1]
  if not header or header.t ~= "Header" or header.level ~= 3 then
    source.fail(kind .. ": begins with a heading ### ...", line)
  end
  return header
end

-- A box with a label and a heading. A challenge may say its minutes: ::: {.challenge minutes=5}
local function box(kind, label)
  return function(div, line)
    local header = first_header(div, kind, line)
    local minutes = div.attributes.minutes
    local opening = ('<section class="box %s" aria-labelledby="%s"><p class="label">%s%s</p>'):format(
      kind, header.identifier, label, minutes and " · " .. html.escape(minutes) .. " min" or "")
    return html.wrap(opening, div.content, "</section>")
  end
end

local function fold(kind, label)
  return function(div)
    return html.wrap('<details class="' .. kind .. '"><summary>' .. label .. "</summary>", div.content, "</details>")
  end
end

local function challenge(div, line)
  local solved = false
  for _, block in ipairs(div.content) do
    -- The blocks inside were rendered before the block around them.
    solved = solved or html.is_unit(block, "solution")
  end
  if not solved then source.fail("a challenge without a solution", line) end
  return box("challenge", "Challenge")(div, line)
end

local function python(div)
  return html.wrap('<div class="box python" role="note" aria-label="Coming from Python">'
    .. '<p class="label">Coming from Python</p>', div.content, "</div>")
end

-- The exercise of the lesson: what to edit and which commands to use follows from the slug.
local function exercise(div, line)
  local folder = "exercises/" .. source.slug
  local module = source.slug:gsub("^%d+%-", "")
  local header = folder .. "/" .. module .. ".h"
  if not source.exists(header) then source.fail("exercise: there is no " .. header, line) end
  local commands = ([[
<dl>
<dt>the contract</dt><dd><code>%s</code></dd>
<dt>the file to edit</dt><dd><code>%s/%s.c</code></dd>
<dt>check your work</dt><dd><code>make grade E=%s</code></dd>
<dt>when you are stuck</dt><dd><code>make hint E=%s</code></dd>
</dl></section>]]):format(header, folder, module, source.slug, source.slug)
  return html.wrap('<section class="box exercise" aria-label="Exercise">',
    div.content, commands)
end

-- The list of all lessons, for the first page.
local function lessons()
  local items = {}
  for _, lesson in ipairs(outline.read()) do
    table.insert(items, ([[<li value="%d" data-lesson="%s"><a href="%s.html">%s</a>
<p>%s</p><p class="times">%s min · exercise %s min · you write <code>%s.c</code></p></li>]]):format(
      lesson.number, lesson.slug, lesson.slug, html.escape(lesson.title), html.escape(lesson.question), lesson.teaching,
      lesson.exercises, (lesson.slug:gsub("^%d+%-", ""))))
  end
  return html.raw('<ol class="lessons">\n' .. table.concat(items, "\n") .. "\n</ol>")
end

-- What a page says first, to somebody who has never heard of the book. Its last paragraph holds the ways on.
local function lead(div)
  return html.wrap('<div class="lead">', div.content, "</div>")
end

-- Terms and what they mean, in the order of the alphabet; each has an anchor, so that one can point at it.
local function glossary(div, line)
  local list = div.content[1]
  if #div.content ~= 1 or list.t ~= "DefinitionList" then
    source.fail("glossary: one list of definitions, and nothing else", line)
  end
  local last = ""
  for _, entry in ipairs(list.content) do
    local term = pandoc.utils.stringify(entry[1])
    if term:lower() <= last then source.fail("glossary: " .. term .. " stands behind " .. last, line) end
    last = term:lower()
    entry[1] = { pandoc.Span(entry[1], { id = "term-" .. last:gsub("[^%w]+", "-") }) }
  end
  return html.wrap('<div class="glossary">', { list }, "</div>")
end

-- A plan of a workshop: ::: {.plan lessons="2 5 8-"} makes a table of these lessons with their minutes, added up.
-- With a "-" the lesson's exercise is left out.
local function plan(div, line)
  local chosen = div.attributes.lessons or ""
  local rows, teaching, exercises = {}, 0, 0
  for number, short in chosen:gmatch("(%d+)(%-?)") do
    local found
    for _, lesson in ipairs(outline.read()) do
      if lesson.number == tonumber(number) then found = lesson end
    end
    if not found then source.fail("plan: there is no lesson " .. number, line) end
    local minutes = short == "" and found.exercises or 0
    teaching, exercises = teaching + found.teaching, exercises + minutes
    table.insert(rows, ('<tr><td>%d. <a href="%s.html">%s</a></td><td>%s</td><td>%s</td></tr>'):format(
      found.number, found.slug, html.escape(found.title), found.teaching, minutes == 0 and "at home" or minutes))
  end
  if #rows == 0 then source.fail('plan: name its lessons: ::: {.plan lessons="2 5"}', line) end
  local hours = ("%.1f"):format((teaching + exercises) / 60)
  return html.raw('<div class="scroll" tabindex="0" role="region" aria-label="Plan with lessons ' .. html.escape(chosen)
    .. '"><table class="plan">'
    .. "<thead><tr><th>Lesson</th><th>Lesson, min</th><th>Exercise, min</th></tr></thead><tbody>"
    .. table.concat(rows) .. ("</tbody><tfoot><tr><th>Together %s hours</th><td>%d</td><td>%d</td></tr></tfoot></table></div>")
      :format(hours, teaching, exercises))
end

local kinds = {
  challenge = challenge,
  exercise = exercise,
  functions = functions.blocks,
  glossary = glossary,
  hint = fold("hint", "Hint"),
  lead = lead,
  instructor = fold("instructor", "For instructors"),
  lessons = lessons,
  pitfall = box("pitfall", "Pitfall"),
  plan = plan,
  python = python,
  quiz = quiz,
  solution = fold("solution", "Solution"),
}

local function known_names()
  local names = {}
  for name in pairs(kinds) do table.insert(names, name) end
  table.sort(names)
  return table.concat(names, ", ")
end

local counts = {}

-- Blocks come in the order in which they begin, except that those inside come before the one around them.
local function div_block(div)
  if html.is_unit(div) then return nil end -- a block that is done
  local kind = div.classes[1]
  if #div.classes ~= 1 or not kinds[kind] then
    local near = #div.classes == 1 and source.line_of_block(kind, 1) or "{." .. table.concat(div.classes, " .")
    source.fail('unknown block "' .. table.concat(div.classes, " ") .. '"; a block is one of ' .. known_names(),
      near, "{#" .. div.identifier)
  end
  counts[kind] = (counts[kind] or 0) + 1
  return kinds[kind](div, source.line_of_block(kind, counts[kind]))
end

-- A wide table scrolls by itself; the page does not.
local function table_block(block)
  return html.wrap('<div class="scroll" tabindex="0" role="region" aria-label="Table">', { block }, "</div>")
end

return { { Div = div_block, Table = table_block } }
