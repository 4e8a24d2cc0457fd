-- What Markdown files say, for checks of spelling and links: a line for each word, link, heading and piece of code.
--
--   usage: pandoc --from=lessons/book/prose.lua --to=plain --wrap=none FILE.md...
--
--   FILE:LINE <tab> word <tab> process        link: where it leads to   id: the name of a heading
--                                             code: of the text, or a line of a block of code
--
-- The readers of CommonMark tell the lines. The dialect of the lessons is near enough to commonmark_x; other files are read
-- as GitHub reads them.

local function dialect_of(path)
  local of_the_book = path:match("/lesson%.md$") or path:match("^lessons/[^/]+%.md$")
  return (of_the_book and "commonmark_x-smart" or "gfm") .. "+sourcepos"
end

-- The front matter and attributes have no positions: the first line with that text.
local function line_with(source, text)
  local at = source.text:find(text, 1, true)
  if not at then return 1 end
  local _, before = source.text:sub(1, at - 1):gsub("\n", "")
  return before + 1
end

local function say_all(source, say)
  local doc = pandoc.read(source.text, dialect_of(source.name))

  local line -- of what was read last, if that is known
  local word = ""
  local function tell(kind, text)
    if text ~= "" then say(line or line_with(source, text), kind, text) end
  end
  local function end_word()
    tell("word", word)
    word = ""
  end

  local function read(inlines)
    for _, inline in ipairs(inlines) do
      local kind = inline.t
      line = inline.attributes and tonumber((inline.attributes["data-pos"] or ""):match("^(%d+):")) or line
      if kind == "Str" then
        word = word .. inline.text
      elseif kind == "Span" then -- round each piece of text, to tell its line
        read(inline.content)
      else
        end_word()
        if kind == "Code" then tell("code", inline.text) end
        if kind == "Link" then tell("link", inline.target) end
        if kind == "Image" then
          for alt in (inline.attributes.alt or ""):gmatch("%S+") do tell("word", alt) end
          read(inline.caption)
        elseif inline.content and kind ~= "Note" then
          read(inline.content)
        end
      end
    end
  end

  local function text(block)
    read(block.content)
    end_word()
  end
  local function heading(block)
    text(block)
    tell("id", block.identifier)
  end
  local function code(block)
    line = tonumber((block.attributes["data-pos"] or ""):match("^(%d+):"))
    for piece in block.text:gmatch("[^\n]+") do tell("code", (piece:gsub("^%$ ", ""))) end
  end
  pandoc.walk_block(pandoc.Div(doc.blocks), { Para = text, Plain = text, Header = heading, CodeBlock = code })

  line = nil
  for _, value in pairs(doc.meta) do
    for _, item in ipairs(pandoc.utils.type(value) == "List" and value or { value }) do
      read(item)
      end_word()
    end
  end
end

function Reader(sources)
  local told = {}
  for _, source in ipairs(sources) do
    say_all({ name = source.name, text = source.text }, function(line, kind, text)
      table.insert(told, ("%s:%d\t%s\t%s"):format(source.name, line, kind, text))
    end)
  end
  return pandoc.Pandoc({ pandoc.RawBlock("plain", table.concat(told, "\n")) })
end
