-- Small functions to write HTML around pandoc's own blocks.

local html = {}

function html.escape(text)
  local names = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }
  return (text:gsub('[&<>"]', names))
end

function html.raw(text)
  return pandoc.RawBlock("html", text)
end

-- The blocks between an opening and a closing tag, as a list of one unit: a Div with the classes of the opening tag,
-- so that what comes later knows a listing or a box when it sees one.
function html.wrap(opening, blocks, closing)
  local all = pandoc.List({ html.raw(opening) })
  all:extend(blocks)
  all:insert(html.raw(closing))
  local classes = pandoc.List({ "unit" })
  for class in (opening:match('^<%w+[^>]- class="([^"]*)"') or ""):gmatch("%S+") do classes:insert(class) end
  return pandoc.List({ pandoc.Div(all, pandoc.Attr("", classes)) })
end

function html.is_unit(block, class)
  return block.t == "Div" and block.classes[1] == "unit" and (class == nil or block.classes:includes(class))
end

-- Units become what they hold: at the end, when nobody needs to tell them apart any more.
html.dissolve = {
  Div = function(div)
    if html.is_unit(div) then return div.content end
  end,
}

return html
