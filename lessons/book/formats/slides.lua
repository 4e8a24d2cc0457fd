-- A lesson becomes a deck. What is to be seen gets a slide: a listing, a figure, a table, a list, a box, a question.
-- Above it stand the heading of its section and the sentence that leads to it. What the lesson says besides is for the
-- speaker: it is in the notes, after what the lesson tells instructors.

local here = PANDOC_SCRIPT_FILE:match("^(.*)/") or "."
package.path = here .. "/?.lua;" .. here .. "/../filters/?.lua;" .. package.path

local html = require("html")
local sentences = require("sentences")
local size = require("size")

local stringify = pandoc.utils.stringify

local TOGETHER = 21 -- lines of a program and its output that fit on one slide
local ROOM = 22 -- lines of what a section begins with and of the text before it that do
local BESIDE = 18 -- lines of a program beside which a question's choices stand
local FEW = 300 -- characters of text that need no slide of their own

-- Where we are: the heading, a label above it, and whether there is a slide with it.
local place = {}

-- --- Collecting slides --------------------------------------------------------------------------------------------

local slides = pandoc.List()

-- Text that has been read since the last slide.
local text = pandoc.List()

-- What paragraphs say in short; a box that is short already stays as it is.
local function in_short(paragraphs)
  if place.label and sentences.length_of(paragraphs) <= sentences.SHORT then return paragraphs end
  return sentences.in_short(paragraphs)
end

local function new_slide(slide)
  slide.heading = place.heading
  slide.label = place.label
  slide.notes = pandoc.List()
  slide.said = pandoc.List()
  slides:insert(slide)
  place.seen = true
  return slide
end

-- What was read after a slide and before the next one explains the slide before.
local function say()
  if #slides > 0 then slides[#slides].said:extend(text) end
  text = pandoc.List()
end

-- A section that begins with text may begin with a slide that says it in short.
local function open_section(paragraphs)
  if place.seen or #paragraphs == 0 then return end
  new_slide({ kind = "words", blocks = in_short(paragraphs) }).said:extend(paragraphs)
end

-- The sentence that leads to what comes next, if there is one: the last before it.
local function lead_of(block)
  if not block or not sentences.is_text(block) then return pandoc.List() end
  local all = sentences.of(block)
  local lead = all[#all]
  if not lead or sentences.is_aside(lead) or #stringify(lead) > 240 then return pandoc.List() end
  return pandoc.List({ pandoc.Para(lead) })
end

-- A slide for what is to be seen. Where it is the first of a section, the text before it stands above it, if that is
-- short and there is room, or has a slide of its own, if it is long.
local function show(kind, blocks)
  local lead = lead_of(text[#text])
  if not place.seen then
    local before = text:filter(sentences.is_text)
    local short = in_short(before)
    local leads = #lead > 0 and stringify(short):sub(-#stringify(lead)) == stringify(lead)
    if #lead > 0 and not leads then short:extend(lead) end
    if sentences.length_of(short) <= FEW then
      local slide = new_slide({ kind = kind, lead = size.weight_of(blocks) + size.weight_of(short) <= ROOM and short or lead, blocks = blocks })
      slide.said:extend(text)
      text = pandoc.List()
      return
    end
    open_section(before)
    text = pandoc.List()
  end
  say()
  new_slide({ kind = kind, lead = lead, blocks = blocks })
end

local function end_section()
  if not place.seen and place.heading then
    open_section(text:filter(sentences.is_text))
    text = pandoc.List()
  end
  say()
end

local function begin_section(heading, label)
  end_section()
  place = { heading = heading, label = label, seen = false }
end

-- --- What a lesson consists of -------------------------------------------------------------------------------------

local read

-- A box with a heading: its own section, then the section around it goes on.
local function boxed(label)
  return function(unit)
    local around = place
    local inside = pandoc.List()
    local heading
    for _, block in ipairs(unit.content) do
      if block.t == "Header" and not heading then
        heading = block.content
      elseif block.t ~= "RawBlock" then
        inside:insert(block)
      end
    end
    begin_section(heading, label)
    read(inside)
    end_section()
    place = around
    place.seen = true
  end
end

local function without_frame(unit)
  return unit.content:filter(function(block) return block.t ~= "RawBlock" end)
end

-- What a challenge asks is shown, also where it stands below a listing.
local function ask()
  local asked = text:filter(sentences.is_text)
  if place.seen and #asked > 0 and place.label == "Challenge" then
    slides[#slides].blocks:extend(asked)
    text = pandoc.List()
  end
  end_section()
  text = pandoc.List()
end

-- Short text is shown, of longer text what it says in short.
local function text_slide(heading, blocks, label)
  begin_section(heading, label)
  local paragraphs = blocks:filter(sentences.is_text)
  if #paragraphs == #blocks and sentences.length_of(blocks) <= sentences.SHORT then
    new_slide({ kind = "words", blocks = blocks })
  else
    read(blocks)
  end
  end_section()
end

local function words(string)
  return pandoc.List({ pandoc.Str(string) })
end

local function inside_section(make)
  return function(unit)
    local around = place
    make(unit)
    place = around
    place.seen = true
  end
end

local function of_class(unit, class)
  return unit.content:find_if(function(block) return html.is_unit(block, class) end)
end

local function quiz(unit)
  local name, answers = of_class(unit, "question"), of_class(unit, "answers")
  local question = name.content[2].content:clone()
  local number = stringify(question[1]):gsub("%.$", "")
  question:remove(1)
  question:remove(1)
  local blocks = unit.content:filter(function(block)
    return block.t ~= "RawBlock" and not html.is_unit(block, "question") and not html.is_unit(block, "answers")
  end)
  local lead = pandoc.List({ pandoc.Para(question) })
  begin_section(words(number))
  if #blocks == 1 then
    new_slide({ kind = "choose", lead = lead, blocks = blocks })
  elseif size.weight_of(blocks) <= BESIDE and size.longest_line_of(blocks) <= 66 then
    new_slide({ kind = "choose beside", lead = lead, blocks = blocks }) -- the choices stand beside the program
  else
    for _, block in ipairs(blocks) do
      new_slide({ kind = block.t == "OrderedList" and "choose" or "listing", lead = lead, blocks = pandoc.List({ block }) })
    end
  end
  begin_section(words("Answer to " .. number:lower()))
  new_slide({ kind = "choose", lead = lead, blocks = without_frame(answers) })
end

local function output(unit)
  local last = slides[#slides]
  if #text == 0 and place.seen and last.kind == "listing" and size.weight_of(last.blocks) + size.weight_of({ unit }) + size.weight_of(last.lead or {}) <= TOGETHER then
    last.blocks:extend(html.wrap('<div class="fragment">', { unit }, "</div>"))
    last.kind = "listing with-output"
  else
    show("output", pandoc.List({ unit }))
  end
end

local units = {
  { "instructor", function(unit)
    if #slides > 0 then slides[#slides].notes:extend(html.wrap('<div class="instructor">', without_frame(unit), "</div>")) end
  end },
  { "pitfall", boxed("Pitfall") },
  { "challenge", boxed("Challenge") },
  { "hint", function(unit)
    ask()
    slides[#slides].said:insert(pandoc.Para({ pandoc.Strong(words("A hint:")) }))
    slides[#slides].said:extend(without_frame(unit))
  end },
  { "solution", inside_section(function(unit)
    ask()
    text_slide(place.heading, without_frame(unit), "Solution")
  end) },
  { "python", inside_section(function(unit)
    local said = without_frame(unit)
    begin_section(words("Coming from Python"))
    new_slide({ kind = "words", blocks = sentences.length_of(said) <= sentences.SHORT and said or sentences.beginnings_of(said:filter(sentences.is_text)) }).said:extend(said)
  end) },
  { "exercise", function(unit)
    local said = without_frame(unit)
    local blocks = in_short(said:filter(sentences.is_text))
    blocks:insert(html.raw('<div class="exercise">' .. unit.content[#unit.content].text:gsub("</section>$", "</div>")))
    new_slide({ kind = "words", blocks = blocks }).said:extend(said)
  end },
  { "quiz", inside_section(quiz) },
  { "listing", function(unit) show("listing", pandoc.List({ unit })) end },
  { "terminal", output },
  { "console", function(unit) show("listing", pandoc.List({ unit })) end },
  { "diagram", function(unit) show("figure", pandoc.List({ unit })) end },
  { "scroll", function(unit) show("table", pandoc.List({ unit })) end },
  { "overview", function() end }, -- is on the first slides
}

local function read_unit(unit)
  for _, kind in ipairs(units) do
    if html.is_unit(unit, kind[1]) then return kind[2](unit) end
  end
  error("slides: no rule for a unit of " .. table.concat(unit.classes, " "))
end

function read(blocks)
  for _, block in ipairs(blocks) do
    if html.is_unit(block) then
      read_unit(block)
    elseif block.t == "Header" then
      begin_section(block.content)
    elseif block.t == "BulletList" or block.t == "OrderedList" then
      show("list", pandoc.List({ block }))
    elseif block.t ~= "RawBlock" then
      text:insert(block)
    end
  end
end

-- --- Writing them -------------------------------------------------------------------------------------------------

local function written(slide)
  local blocks = pandoc.List()
  if slide.label then blocks:insert(html.raw('<p class="label ' .. slide.label:lower() .. '">' .. slide.label .. "</p>")) end
  blocks:extend(html.wrap("<h2>", { pandoc.Plain(slide.heading) }, "</h2>"))
  local lead = slide.lead or {}
  if #lead > 0 then blocks:extend(html.wrap('<div class="opener">', lead, "</div>")) end
  blocks:extend(html.wrap('<div class="shown">', slide.blocks, "</div>"))
  if #slide.notes + #slide.said > 0 then
    local notes = slide.notes:clone()
    notes:extend(slide.said)
    blocks:extend(html.wrap('<aside class="notes">', notes, "</aside>"))
  end
  local class = size.of(slide.blocks, size.weight_of(slide.blocks) + size.weight_of(lead))
  if slide.kind == "figure" then class = size.weight_of(lead) > 2.5 and " small" or "" end
  return html.wrap(('<section class="shows-%s%s">'):format(slide.kind, class), blocks, "</section>")
end

local function list_of(items)
  local list = pandoc.List()
  for _, item in ipairs(items) do list:insert({ pandoc.Plain(item) }) end
  return pandoc.List({ pandoc.BulletList(list) })
end

local function first_slides(lesson)
  local label = ("Lesson %s · %s min · exercise %s min"):format(stringify(lesson.number), stringify(lesson.teaching),
    stringify(lesson.exercises))
  place = { heading = lesson.title, label = label }
  new_slide({ kind = "first", blocks = list_of(lesson.questions) })
  place = { heading = words("Afterwards you can") }
  new_slide({ kind = "list", blocks = list_of(lesson.objectives) })
end

-- Links lead out of the deck, into the page of the lesson; anchors are not needed.
local function link(element)
  local slug, id = element.target:match("^#page%-(.-)%-%-(.+)$")
  slug = slug or element.target:match("^#page%-(.+)$")
  if slug then element.target = "../" .. slug .. ".html" .. (id and "#" .. id or "") end
  return element
end

local function raw(element)
  element.text = element.text:gsub(' id="[^"]*"', ""):gsub(' aria%-labelledby="[^"]*"', "")
  return element
end

local function deck(doc)
  local lesson = doc.meta.lesson
  first_slides(lesson)
  place = { seen = true }
  read(doc.blocks)
  end_section()
  local blocks = pandoc.List()
  for _, slide in ipairs(slides) do blocks:extend(written(slide)) end
  return pandoc.Pandoc(blocks, { title = lesson.title, number = lesson.number, slug = lesson.slug })
end

return { { Link = link, RawBlock = raw }, { Pandoc = deck }, html.dissolve }
