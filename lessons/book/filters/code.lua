-- C code, coloured by pandoc, without what no page needs: an id and an anchor for each line, and spans around all that
-- the style sheet leaves as it is, such as operators. That is half of a page.

local html = require("html")

-- The classes of book.css.
local coloured = {}
for class in ("kw cf dt st ch dv bn fl cn sc fu bu pp im co"):gmatch("%a+") do coloured[class] = true end

local function code_block(block)
  if block.classes[1] == "console" then -- pandoc would look for its colours among those of all languages, and find none
    return html.raw('<pre class="console"><code>' .. html.escape(block.text) .. "</code></pre>")
  end
  local markup = pandoc.write(pandoc.Pandoc({ pandoc.CodeBlock(block.text, { class = "c" }) }), "html")
  local lines = markup:match("<code[^>]*>(.*)</code>"):gsub('<span id="[^"]*"><a [^>]*></a>', "<span>")
  lines = lines:gsub('<span class="(%a%a)">([^<]*)</span>', function(class, text)
    if not coloured[class] then return text end
  end)
  return html.raw('<pre class="sourceCode c"><code>' .. lines .. "</code></pre>")
end

return { { CodeBlock = code_block } }
