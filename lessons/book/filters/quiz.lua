-- One question with one right answer:
--
--   ::: {.quiz #return-value}
--   What does `fork` return in the child?
--
--   - [x] `0`
--       - Nobody else can have that id.
--   - [ ] its own process id
--       - It gets that from getpid().
--   :::
--
-- The line under a choice explains why it is right or wrong; the page says which of the two it is.
-- Listings may stand between the question and the choices. The page needs no script: the style sheet
-- shows the explanation of the choice that is checked. Where nothing can be chosen (formats/), the choices have
-- letters, and the answers are folded.

local source = require("source")
local html = require("html")
local places = require("places")

local CHECKED, UNCHECKED = "☒", "☐" -- what pandoc makes of [x] and [ ]

local seen = {}
local count = 0

local function starts_with_mark(item)
  local first = item[1] and item[1].content and item[1].content[1]
  return first and first.t == "Str" and (first.text == CHECKED or first.text == UNCHECKED)
end

-- { right = boolean, text = inlines, feedback = blocks }
local function choice_of(item, name, line)
  if not starts_with_mark(item) then source.fail("quiz " .. name .. ": a choice without [ ] or [x]", line) end
  local text = item[1].content:clone()
  local right = text[1].text == CHECKED
  text:remove(1)
  if text[1] and text[1].t == "Space" then text:remove(1) end
  if #text == 0 then source.fail("quiz " .. name .. ": an empty choice", line) end
  local feedback = item[2]
  if not feedback or feedback.t ~= "BulletList" or #feedback.content ~= 1 or #item ~= 2
      or #feedback.content[1] == 0 then
    local choice = pandoc.utils.stringify(text)
    source.fail("quiz " .. name .. ": one line of feedback is needed under the choice: " .. choice, line)
  end
  return { right = right, text = text, feedback = feedback.content[1] }
end

local function parse(div, line)
  local name = div.identifier
  if name == "" then source.fail("a quiz needs a name: ::: {.quiz #name}", line) end
  if seen[name] then source.fail("two quizzes have the name " .. name, line) end
  seen[name] = true
  places.add(source.place(line), "id quiz-" .. name)

  local body = div.content:clone()
  local question = body:remove(1)
  local list = body:remove()
  if not question or question.t ~= "Para" then source.fail("quiz " .. name .. ": no question", line) end
  if not list or list.t ~= "BulletList" or #list.content < 2 then
    source.fail("quiz " .. name .. ": must end with a list of at least two choices", line)
  end
  local choices, right_ones = {}, 0
  for _, item in ipairs(list.content) do
    local choice = choice_of(item, name, line)
    if choice.right then right_ones = right_ones + 1 end
    table.insert(choices, choice)
  end
  if right_ones ~= 1 then
    source.fail("quiz " .. name .. ": " .. right_ones .. " right answers instead of one", line)
  end
  return { name = name, question = question.content, between = body, choices = choices }
end

-- "Right." or "No.", and why.
local function explanation(choice)
  local blocks = choice.feedback:clone()
  local inlines = blocks[1].content:clone()
  inlines:insert(1, pandoc.Strong({ pandoc.Str(choice.right and "Right." or "No.") }))
  inlines:insert(2, pandoc.Space())
  blocks[1] = pandoc.Plain(inlines)
  return blocks
end

local function choice_html(choice, name, number)
  local id = "quiz-" .. name .. "-" .. number
  local label = html.wrap('<label for="' .. id .. '">', { pandoc.Plain(choice.text) }, "</label>")
  label:extend(html.wrap('<div class="feedback">', explanation(choice), "</div>"))
  return html.wrap(('<div class="choice %s"><input type="radio" name="%s" id="%s" value="%d">')
    :format(choice.right and "right" or "wrong", name, id, number), label, "</div>")
end

local function quiz_html(quiz)
  local blocks = html.wrap("<legend>", { pandoc.Plain(quiz.question) }, "</legend>")
  blocks:extend(quiz.between)
  for number, choice in ipairs(quiz.choices) do blocks:extend(choice_html(choice, quiz.name, number)) end
  blocks:insert(html.raw('<p class="answer" role="status"></p>')) -- filled by book.js
  return html.wrap('<fieldset class="quiz" id="quiz-' .. quiz.name .. '">', blocks, "</fieldset>")
end

local function quiz_on_paper(quiz)
  count = count + 1
  local letters = pandoc.ListAttributes(1, "UpperAlpha", "Period")
  local choices, explanations = pandoc.List(), pandoc.List()
  for _, choice in ipairs(quiz.choices) do
    choices:insert({ pandoc.Plain(choice.text) })
    explanations:insert(explanation(choice))
  end
  local question = quiz.question:clone()
  question:insert(1, pandoc.Strong({ pandoc.Str("Question " .. count .. ".") }))
  question:insert(2, pandoc.Space())

  local blocks = html.wrap('<div class="question">', { pandoc.Para(question) }, "</div>")
  blocks:extend(quiz.between)
  blocks:insert(pandoc.OrderedList(choices, letters))
  blocks:extend(html.wrap('<details class="answers"><summary>Answer to question ' .. count .. "</summary>",
    { pandoc.OrderedList(explanations, letters) }, "</details>"))
  return html.wrap('<section class="quiz" id="quiz-' .. quiz.name .. '" aria-label="Question ' .. count .. '">', blocks, "</section>")
end

return function(div, line)
  local quiz = parse(div, line)
  return source.is_page and quiz_html(quiz) or quiz_on_paper(quiz)
end
