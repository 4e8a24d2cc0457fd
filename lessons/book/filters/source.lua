-- What every part of the filter needs: where we are, files, and the one way to refuse something.

local source = {}

source.path = PANDOC_STATE.input_files[1] -- lessons/02-process/lesson.md, or lessons/index.md
source.folder = source.path:match("^(.*)/") or "."
source.is_lesson = source.path:match("/lesson%.md$") ~= nil
source.slug = source.path:match("([^/]+)/lesson%.md$") or source.path:match("([^/]+)%.md$")
source.build = os.getenv("BOOK_BUILD") or "build"
source.is_page = true -- false where the lesson becomes a part of the book in another format: formats/part.lua

local files_used = {} -- a list, and each also as a key

local function lines_of(path)
  local file = io.open(path, "r")
  if not file then return nil end
  local lines = {}
  for line in file:lines() do table.insert(lines, line) end
  file:close()
  return lines
end

-- "lessons/02-process/lesson.md:33". The tree that pandoc hands to a filter has no line numbers, so the line is that
-- of the first place in the lesson that contains one of the texts, of which the first that occurs counts. Instead of a
-- text its line may be given, if it is known.
function source.place(...)
  local lines = lines_of(source.path)
  for _, near in ipairs({ ... }) do
    if type(near) == "number" then return source.path .. ":" .. near end
    for number, line in ipairs(lines) do
      if line:find(near, 1, true) then return source.path .. ":" .. number end
    end
  end
  return source.path
end

-- The line of the lesson where the block of that kind begins, counted from 1.
function source.line_of_block(kind, count)
  for number, line in ipairs(lines_of(source.path)) do
    local opening = line:match("^%s*:::+%s*(.-)[%s:]*$")
    if opening == kind or (opening and opening:match("^{[^}]*%.([%w-]+)") == kind) then
      count = count - 1
      if count == 0 then return number end
    end
  end
end

-- The line where the code block of that number begins, of those between fences.
function source.line_of_code(count)
  local open
  for number, line in ipairs(lines_of(source.path)) do
    local fence = line:match("^[%s>]*(```+)") or line:match("^[%s>]*(~~~+)")
    if fence and not open then
      open = fence
      count = count - 1
      if count == 0 then return number end
    elseif fence and fence:sub(1, #open) == open and line:match("^[%s>]*[`~]+%s*$") then
      open = nil
    end
  end
end

-- Stops the build.
function source.fail(message, ...)
  io.stderr:write(source.place(...), ": ", message, "\n")
  os.exit(1)
end

-- The lines of a file that the page depends on.
function source.read_lines(path, near)
  local lines = lines_of(path)
  if not lines then source.fail("cannot read " .. path, near) end
  if not files_used[path] then
    files_used[path] = true
    table.insert(files_used, path)
  end
  return lines
end

function source.exists(path)
  local file = io.open(path, "r")
  if file then file:close() end
  return file ~= nil
end

-- For make: the page is older than any of these files, so build it again. The empty rules keep make
-- going when one of the files is deleted.
function source.write_depfile()
  local path = os.getenv("BOOK_DEPFILE")
  if not path then return end
  local file = assert(io.open(path, "w"))
  file:write(PANDOC_STATE.output_file, ":")
  for _, used in ipairs(files_used) do file:write(" ", used) end
  file:write("\n")
  for _, used in ipairs(files_used) do file:write(used, ":\n") end
  file:close()
end

return source
