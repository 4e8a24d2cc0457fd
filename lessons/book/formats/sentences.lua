-- What a paragraph says in short: its sentences, and which of them to show.

local stringify = pandoc.utils.stringify

local sentences = {}

sentences.SHORT = 480 -- characters of text that a room can read

function sentences.is_text(block)
  return block.t == "Para" or block.t == "Plain"
end

function sentences.length_of(blocks)
  local length = 0
  for _, block in ipairs(blocks) do length = length + #stringify(block) end
  return length
end

-- The sentences of a paragraph, as lists of inlines. What stands in brackets is one.
function sentences.of(paragraph)
  local found, sentence, brackets = pandoc.List(), pandoc.List(), 0
  for i, inline in ipairs(paragraph.content) do
    local is_space = inline.t == "Space" or inline.t == "SoftBreak"
    if not (is_space and #sentence == 0) then sentence:insert(inline) end
    local ends = false
    if inline.t == "Str" then
      brackets = brackets + select(2, inline.text:gsub("%(", "")) - select(2, inline.text:gsub("%)", ""))
      ends = brackets <= 0 and inline.text:match("[.?!][)”’\"]*$")
    end
    local next_one = paragraph.content[i + 1]
    if not next_one or (ends and (next_one.t == "Space" or next_one.t == "SoftBreak")) then
      if #sentence > 0 then found:insert(sentence) end
      sentence = pandoc.List()
    end
  end
  return found
end

function sentences.is_aside(sentence)
  return stringify(sentence):match("^%(")
end

local function has_term(sentence)
  return sentence:find_if(function(inline) return inline.t == "Strong" end) ~= nil
end

local function joined(several)
  local inlines = pandoc.List()
  for number, sentence in ipairs(several) do
    if number > 1 then inlines:insert(pandoc.Space()) end
    inlines:extend(sentence)
  end
  return pandoc.Para(inlines)
end

-- What paragraphs say in short: how they begin, and the sentences that explain a word.
function sentences.in_short(paragraphs)
  local chosen, length = pandoc.List(), 0
  for number, paragraph in ipairs(paragraphs) do
    local kept = pandoc.List()
    for place_in_it, sentence in ipairs(sentences.of(paragraph)) do
      local begins = number == 1 and (place_in_it == 1 or (place_in_it == 2 and length < 120))
      if not sentences.is_aside(sentence) and (begins or has_term(sentence)) and length < sentences.SHORT then
        kept:insert(sentence)
        length = length + #stringify(sentence)
      end
    end
    if #kept > 0 then chosen:insert(joined(kept)) end
  end
  return chosen
end

-- How each of the paragraphs begins.
function sentences.beginnings_of(paragraphs)
  return paragraphs:map(function(paragraph) return pandoc.Para(sentences.of(paragraph)[1]) end)
end

return sentences
