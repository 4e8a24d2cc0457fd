-- How full a slide is, and how small it must be written so that all of it fits. The classes are those of slides.css.

local html = require("html")

local stringify = pandoc.utils.stringify

local size = {}

-- Lines of a slide's text, roughly.
function size.weight_of(blocks)
  local weight = 0
  for _, block in ipairs(blocks) do
    if block.t == "CodeBlock" then
      weight = weight + select(2, block.text:gsub("\n", "")) + 1.5
    elseif block.t == "RawBlock" then
      if block.text:match("^<pre") then weight = weight + select(2, block.text:gsub("\n", "")) + 2 end
    elseif block.t == "Div" then
      weight = weight + size.weight_of(block.content) + (html.is_unit(block, "listing") and 2 or 0)
    elseif block.t == "BulletList" or block.t == "OrderedList" then
      for _, item in ipairs(block.content) do weight = weight + size.weight_of(item) end
    elseif block.t == "Table" then
      local rows = pandoc.utils.to_simple_table(block).rows
      for _, row in ipairs(rows) do
        local longest = 0
        for _, cell in ipairs(row) do longest = math.max(longest, #stringify(cell)) end
        weight = weight + math.ceil(longest * #row / 90) + 0.6
      end
    else
      weight = weight + math.ceil(#stringify(block) / 80) + 0.4
    end
  end
  return weight
end

-- Characters of the longest line of code or output.
function size.longest_line_of(blocks)
  local longest = 0
  local function look(element)
    local text = element.text:gsub("<[^>]*>", "")
    for line in text:gmatch("[^\n]+") do longest = math.max(longest, #line) end
  end
  for _, block in ipairs(blocks) do
    if block.t == "CodeBlock" then
      look(block)
    elseif block.t == "RawBlock" and block.text:match("^<pre") then
      look(block)
    elseif block.t == "Div" then
      longest = math.max(longest, size.longest_line_of(block.content))
    end
  end
  return longest
end

function size.of(blocks, weight)
  local longest = size.longest_line_of(blocks)
  if weight > 25 or longest > 102 then return " smallest" end
  if weight > 18 or longest > 86 then return " smaller" end
  if weight > 12 or longest > 72 then return " small" end
  return (weight > 8 or longest > 61) and "" or " large"
end

return size
