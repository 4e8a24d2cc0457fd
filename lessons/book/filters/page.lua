-- The page as a whole: checks the front matter, and tells the template where in the book we are.

local source = require("source")
local outline = require("outline")
local places = require("places")
local search = require("search")

local stringify = pandoc.utils.stringify

local function is_minutes(value)
  return stringify(value):match("^%d+$")
end

local function is_text(value)
  return stringify(value):match("%S")
end

-- Each item one line of text.
local function is_list(value)
  if pandoc.utils.type(value) ~= "List" or #value == 0 then return false end
  for _, item in ipairs(value) do
    if pandoc.utils.type(item) ~= "Inlines" then return false end
  end
  return true
end

local lesson_keys = {
  title = { check = is_text, wants = "text" },
  teaching = { check = is_minutes, wants = "minutes, a number" },
  exercises = { check = is_minutes, wants = "minutes, a number" },
  questions = { check = is_list, wants = "a list" },
  objectives = { check = is_list, wants = "a list" },
  keypoints = { check = is_list, wants = "a list" },
}
local index_keys = { title = lesson_keys.title }

local function check_front_matter(meta)
  local keys = source.is_lesson and lesson_keys or index_keys
  for name in pairs(meta) do
    if not keys[name] then source.fail("front matter: unknown key " .. name, name .. ":") end
  end
  for name, key in pairs(keys) do
    if not meta[name] then source.fail("front matter: " .. name .. " is missing", 1) end
    if not key.check(meta[name]) then
      source.fail("front matter: " .. name .. " must be " .. key.wants, name .. ":")
    end
  end
end

-- The key points stand in the front matter and close the lesson as a section of its own.
local function add_keypoints(doc)
  doc.blocks:insert(pandoc.Header(2, "Key points", { id = "key-points" }))
  local items = pandoc.List()
  for _, point in ipairs(doc.meta.keypoints) do items:insert({ pandoc.Plain(point) }) end
  doc.blocks:insert(pandoc.BulletList(items))
end

local function text(value)
  return pandoc.MetaInlines({ pandoc.Str(tostring(value)) })
end

local function neighbour(lesson)
  return lesson and { slug = text(lesson.slug), title = text(lesson.title) }
end

local function add_navigation(meta)
  local lessons = outline.read()
  local all, here = {}, 0
  for i, lesson in ipairs(lessons) do
    if lesson.slug == source.slug then here = i end
    all[i] = { slug = text(lesson.slug), title = text(lesson.title), number = text(lesson.number),
      current = lesson.slug == source.slug }
  end
  meta.lessons = all
  if here > 0 or source.slug == "index" then meta.next = neighbour(lessons[here + 1]) end
  meta.previous = neighbour(lessons[here - 1])
  if here == 1 then meta.previous = { slug = text("index"), title = text("About this book") } end
  if here > 0 then meta.number = text(lessons[here].number) end
  meta[source.slug] = true -- for the template: which of the other pages this is
  meta.slug = text(source.slug)
end

local function page(doc)
  check_front_matter(doc.meta)
  if source.is_lesson then add_keypoints(doc) end
  search.write(doc)
  places.write()
  add_navigation(doc.meta)
  source.write_depfile()
  return doc
end

return { { Pandoc = page } }
