-- Figures: ![Caption.](process_tree.dot){alt="What the figure says."}
--
-- Graphviz has drawn NAME.dot as build/lessons/SLUG/NAME.svg, chart.sh has drawn NAME.gp as NAME.chart.svg.
-- The SVG becomes a part of the page, so that the style sheet gives it the colours of the theme.

local source = require("source")
local html = require("html")

local kinds = {
  dot = { class = "diagram", suffix = ".svg" },
  gp = { class = "diagram chart", suffix = ".chart.svg" },
}

-- Stem of the file's name, and what kind of figure it is.
local function kind_of(name)
  local stem, ending = name:match("^([%w_-]+)%.(%w+)$")
  if not kinds[ending] then source.fail(name .. ": a figure is a .dot or .gp file of the lesson's folder", "](" .. name) end
  local path = source.folder .. "/" .. name
  -- (The drawing of the modules is made, too.)
  if not source.exists(path) and not source.exists(source.build .. "/" .. path) then source.fail("cannot read " .. path, "](" .. name) end
  return stem, kinds[ending]
end

local function svg_of(stem, kind)
  local folder = source.is_lesson and "lessons/" .. source.slug or "lessons"
  local path = source.build .. "/" .. folder .. "/" .. stem .. kind.suffix
  local svg = table.concat(source.read_lines(path, stem), "\n")
  -- What belongs to a file of its own, and ids that would occur twice in a page with two figures.
  for _, noise in ipairs({ "<%?xml.-%?>%s*", "<!DOCTYPE.->%s*", "<!%-%-.-%-%->%s*", "<title>.-</title>%s*", "<style>.-</style>%s*",
    ' id="[^"]*"', " xmlns:xlink=\"[^\"]*\"" }) do
    svg = svg:gsub(noise, "")
  end
  return svg
end

local function figure(image, caption, alt)
  if not alt or not alt:match("%S") then
    source.fail(image.src .. ": a figure needs alt=\"...\" that tells what it says", "](" .. image.src)
  end
  if #caption == 0 then source.fail(image.src .. ": a figure needs a caption", "](" .. image.src) end
  local stem, kind = kind_of(image.src)
  local svg = svg_of(stem, kind):gsub("^%s*<svg", function()
    return '<svg role="img" aria-label="' .. html.escape(alt) .. '"'
  end)
  -- A phone shows a wide drawing in its own size, to be scrolled, instead of too small to read.
  local width_pt = tonumber(svg:match('width="(%d+)'))
  local class = kind.class .. (width_pt and width_pt > 400 and " wide" or "")
  return html.wrap('<figure class="' .. class .. '"><div class="scroll">' .. svg .. "</div><figcaption>",
    { pandoc.Plain(caption) }, "</figcaption></figure>")
end

-- pandoc 2: a paragraph that holds nothing but an image whose title begins with "fig:".
local function paragraph(para)
  local image = para.content[1]
  if #para.content == 1 and image.t == "Image" and image.title:match("^fig:") then
    return figure(image, image.caption, image.attributes.alt)
  end
end

-- pandoc 3: a Figure, whose image has the alternative text as its caption. Without alt="..." pandoc
-- puts the caption there.
local function figure_block(block)
  local image
  block:walk({ Image = function(found) image = found end })
  local caption = pandoc.utils.blocks_to_inlines(block.caption.long)
  local alt = image.attributes.alt or pandoc.utils.stringify(image.caption)
  if alt == pandoc.utils.stringify(caption) then alt = nil end
  return figure(image, caption, alt)
end

local function stray_image(image)
  source.fail(image.src .. ": an image stands in a paragraph of its own, with a caption", "](" .. image.src)
end

return {
  { Para = paragraph, Figure = figure_block },
  { Image = stray_image },
}
