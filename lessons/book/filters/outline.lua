-- The lessons in their order, from the file that the Makefile collects: one line for each lesson with
-- slug, title, minutes of teaching and of the exercise, and its first question, separated by tabs.

local source = require("source")

local outline = {}

function outline.read()
  local lessons = {}
  for _, line in ipairs(source.read_lines(source.build .. "/lessons/outline.tsv")) do
    local slug, title, teaching, exercises, question = line:match("^([^\t]+)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    table.insert(lessons, {
      slug = slug,
      number = tonumber(slug:match("^%d+")),
      title = title,
      teaching = teaching,
      exercises = exercises,
      question = question,
    })
  end
  return lessons
end

return outline
