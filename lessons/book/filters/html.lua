-- Small functions to write HTML around pandoc's own blocks.

local html = {}

function html.escape(text)
  local names = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }
  return (text:gsub('[&<>"]', names))
end

function html.raw(text)
  return pandoc.RawBlock("html", text)
end

-- The blocks between an opening and a closing tag.
function html.wrap(opening, blocks, closing)
  local all = pandoc.List({ html.raw(opening) })
  all:extend(blocks)
  all:insert(html.raw(closing))
  return all
end

return html
