-- The parts of the book become one document on paper: a table of contents, running heads, everything unfolded,
-- and the answers to the questions of a lesson at its end.

local here = PANDOC_SCRIPT_FILE:match("^(.*)/") or "."
package.path = here .. "/../filters/?.lua;" .. package.path

local html = require("html")

local stringify = pandoc.utils.stringify

-- Takes the answers out of the quizzes.
local function take_answers(blocks)
  local answers = pandoc.List()
  local left = blocks:map(function(block)
    return pandoc.walk_block(block, {
      Div = function(div)
        if not html.is_unit(div, "answers") then return nil end
        answers:insert(div)
        return {}
      end,
    })
  end)
  return left, answers
end

-- { heading, blocks } of each part.
local function parts_of(doc)
  local parts = {}
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" and block.level == 1 then table.insert(parts, { heading = block, blocks = pandoc.List() }) end
    parts[#parts].blocks:insert(block)
  end
  for _, part in ipairs(parts) do
    local answers
    part.blocks, answers = take_answers(part.blocks)
    if #answers > 0 then
      part.blocks:insert(pandoc.Header(2, "Answers", { id = part.heading.identifier .. "--answers" }))
      part.blocks:extend(html.wrap('<div class="all-answers">', answers, "</div>"))
    end
  end
  return parts
end

-- The page is filled in by pdf.sh, once it is known.
local function entry(heading)
  return { pandoc.Plain({ pandoc.Link(heading.content, "#" .. heading.identifier),
    pandoc.RawInline("html", ('<span class="page" data-of="%s"></span>'):format(heading.identifier)) }) }
end

local function contents_of(parts)
  local list = pandoc.List()
  for _, part in ipairs(parts) do
    local sections = pandoc.List()
    for _, block in ipairs(part.blocks) do
      if block.t == "Header" and block.level == 2 then sections:insert(entry(block)) end
    end
    local item = entry(part.heading)
    if #sections > 0 then table.insert(item, pandoc.BulletList(sections)) end
    list:insert(item)
  end
  return html.wrap('<nav class="contents"><h1>Contents</h1>', { pandoc.BulletList(list) }, "</nav>")
end

local function running_head(number, part)
  local title = stringify(part.heading):gsub('["\\<]', "\\%0")
  return html.raw(('<style>@page part-%d { @top-right { content: "%s" } }</style>'):format(number, title))
end

local function document(doc)
  local parts = parts_of(doc)
  local blocks = contents_of(parts)
  for number, part in ipairs(parts) do
    blocks:insert(running_head(number, part))
    blocks:extend(html.wrap(('<article style="page: part-%d">'):format(number), part.blocks, "</article>"))
  end
  doc.blocks = blocks
  return doc
end

local function unfold(raw)
  raw.text = raw.text:gsub("^<details", "<details open")
  return raw
end

return { { Pandoc = document }, { RawBlock = unfold }, html.dissolve }
