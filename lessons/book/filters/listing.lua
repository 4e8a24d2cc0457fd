-- Listings. C and output are never typed into a lesson; an empty code block names their file:
--
--   ```{.c file="square_cube.c" region="main"}
--   ```
--   ```{.c file="exercises/02-process/process.h" declaration="process_join"}
--   ```
--   ```{.output file="square_cube.out"}
--   ```
--
-- A name without a slash is a file of the lesson's folder, else the path starts at the root of the
-- repository. A region lies between the lines `// [region NAME]` and `// [endregion NAME]`. A
-- declaration is the paragraph of a header that declares the function; it is shown like a man page,
-- the declaration above and what its comment says below.
--
-- Only `console` may be typed: commands for the reader, each line begins with "$ ".

local source = require("source")
local html = require("html")
local header = require("header")
local functions = require("functions")
local manual = require("manual")

local LISTING_LINES = 25 -- more does not fit on a screen beside its explanation
local PROGRAM_LINES = 72

local function marker(line)
  local name = line:match("^%s*// %[region ([%w_-]+)%]$")
  if name then return "begin", name end
  name = line:match("^%s*// %[endregion ([%w_-]+)%]$")
  if name then return "end", name end
end

-- Chosen lines, and the number of the first. Regions may lie in each other: markers are left out.
local function whole_file(lines)
  local chosen = {}
  for _, line in ipairs(lines) do
    if not marker(line) then table.insert(chosen, line) end
  end
  return chosen, 1
end

local function region(lines, wanted, path, place)
  local function refuse(number, problem)
    source.fail(path .. ":" .. number .. ": region " .. wanted .. " " .. problem, place)
  end
  local chosen, first, last = {}, nil, nil
  for number, line in ipairs(lines) do
    local kind, name = marker(line)
    if kind == "begin" and name == wanted then
      if first then refuse(number, "begins twice") end
      first = number + 1
    elseif kind == "end" and name == wanted then
      if not first or last then refuse(number, "ends here, but is not open") end
      last = number - 1
    elseif not kind and first and not last then
      table.insert(chosen, line)
    end
  end
  if not first then source.fail(path .. " has no region " .. wanted, place) end
  if not last then refuse(first - 1, "never ends") end
  return chosen, first
end

-- The paragraph of a header that declares the function.
local function declaration(lines, wanted, path, place)
  local found
  for _, paragraph in ipairs(header.paragraphs_of(lines)) do
    for _, name in ipairs(header.declared_in(paragraph)) do
      if name == wanted then
        if found then source.fail(path .. " declares " .. wanted .. " twice", place) end
        found = paragraph
      end
    end
  end
  if not found then source.fail(path .. " does not declare " .. wanted, place) end
  if #found.comment == 0 then source.fail(path .. ": " .. wanted .. " has no comment", place) end
  return found
end

local function without_margin(lines)
  local margin = math.huge
  for _, line in ipairs(lines) do
    if line:match("%S") then margin = math.min(margin, #line:match("^ *")) end
  end
  local cut = {}
  for i, line in ipairs(lines) do cut[i] = line:sub(margin + 1) end
  return cut
end

local function full_path(name)
  if name:find("/", 1, true) then return name end
  return source.folder .. "/" .. name
end

-- "make run-lesson ..." for a program of a lesson, nil for any other file.
local function run_command(path)
  local slug, program = path:match("^lessons/([^/]+)/([^/]+)%.c$")
  return slug and "make run-lesson L=" .. slug .. " P=" .. program
end

-- The first program that the lesson shows, or its output or its chart, and that includes this header of its folder.
local function program_with(path)
  local folder, header = path:match("^(lessons/[^/]+)/([^/]+%.h)$")
  if not folder then return nil end
  for _, line in ipairs(source.read_lines(source.path)) do
    local program = folder .. "/" .. (line:match('["(]([%w_-]+)%.%l+[")]') or "") .. ".c"
    if source.exists(program) then
      for _, code in ipairs(source.read_lines(program)) do
        if code == '#include "' .. header .. '"' then return program end
      end
    end
  end
end

local function opening(path, before_first)
  return ('<figure class="listing" style="--before-first: %d"><figcaption>%s</figcaption>'):format(
    before_first, html.escape((path:gsub("^lessons/", ""))))
end

-- What the function returns begins a paragraph of its own; indented lines that begin with an error's name
-- are a list.
local function as_markdown(comment)
  local text, in_list = {}, false
  for _, line in ipairs(comment) do
    local name, meaning = line:match("^ +(E%u+) +(.*)")
    if name then
      line = (in_list and "- " or "\n- ") .. name .. ": " .. meaning
    elseif (in_list and not line:match("^ ")) or line:match("^Returns ") then
      line = "\n" .. line
    end
    in_list = name ~= nil or (in_list and line:match("^ ") ~= nil)
    table.insert(text, line)
  end
  return (table.concat(text, "\n"):gsub("[%a_][%w_%-]*%(%d%)", function(page)
    local address = manual.address(page)
    return address and ("[%s](%s){.manual}"):format(page, address)
  end))
end

local function contract(path, name, found)
  local tag = ('<figure id="%s" class="listing contract"'):format(functions.anchor(name))
  local blocks = pandoc.List({ pandoc.CodeBlock(table.concat(found.code, "\n"), { class = "c" }) })
  blocks:extend(html.wrap('<div class="says">', pandoc.read(as_markdown(found.comment), "markdown").blocks, "</div>"))
  return html.wrap((opening(path, 0):gsub('^<figure class="listing"', tag)), blocks, "</figure>")
end

local function c_listing(block, place)
  local name = block.attributes.file
  local path = full_path(name)
  if not path:match("%.[ch]$") then source.fail(name .. ": a C listing needs a .c or .h file", place) end

  local lines = source.read_lines(path, place)
  local command = run_command(path)
  if command and #lines > PROGRAM_LINES then
    source.fail(path .. " has more than " .. PROGRAM_LINES .. " lines", place)
  end
  if block.attributes.declaration then
    local function_name = block.attributes.declaration
    return contract(path, function_name, declaration(lines, function_name, path, place))
  end

  local chosen, first
  if block.attributes.region then
    chosen, first = region(lines, block.attributes.region, path, place)
  else
    chosen, first = whole_file(lines)
  end
  local text = table.concat(without_margin(chosen), "\n")
  if not text:match("%S") then source.fail(path .. ": nothing to show", place) end
  if #chosen > LISTING_LINES then
    source.fail(path .. ": the listing has more than " .. LISTING_LINES .. " lines", place)
  end

  local closing = "</figure>"
  command = command or run_command(program_with(path) or path)
  if command then
    closing = '<p class="run"><span>Run it yourself:</span> <code>' .. html.escape(command) .. "</code></p></figure>"
  end
  return html.wrap(opening(path, first - 1), { pandoc.CodeBlock(text, { class = "c" }) }, closing)
end

-- The command and the exit status are the shell's words, not the program's.
local function transcript_line(line)
  local class = line:match("^%$ ") and "command" or line:match("^%[exit status %d+%]$") and "status"
  local text = html.escape(line)
  return class and '<span class="' .. class .. '">' .. text .. "</span>" or text
end

local function output_listing(block, place)
  local name = block.attributes.file
  local path = full_path(name)
  if not path:match("%.out$") then source.fail(name .. ": output needs a .out file", place) end
  local shown = {}
  for _, line in ipairs(source.read_lines(path, place)) do table.insert(shown, transcript_line(line)) end
  local program = path:gsub("%.out$", ".c")
  if not source.exists(program) then source.fail(path .. " is no program's output: there is no " .. program, place) end
  local varies = source.exists((path:gsub("%.out$", ".expect")))
  return html.wrap('<figure class="terminal">', { html.raw("<pre><samp>" .. table.concat(shown, "\n") .. "</samp></pre>") },
    (varies and "<figcaption>One real run; yours may differ in numbers and order.</figcaption>" or "") .. "</figure>")
end

local function console(block, place)
  local number = place
  for line in (block.text .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    if not line:match("^%$ ") then
      source.fail("only commands are typed into a console block, output is captured: " .. line, number)
    end
  end
  return html.wrap('<div class="console">', { block }, "</div>")
end

local function check_attributes(block, place)
  local allowed = { file = true, region = true, declaration = true }
  for name in pairs(block.attributes) do
    if not allowed[name] then source.fail("unknown attribute " .. name .. " of a listing", place) end
  end
end

local count = 0

local function code_block(block)
  local class = block.classes[1]
  if not class and not block.attributes.file then -- perhaps one that is only indented, without fences
    source.fail("a code block is one of c, output, console, not nameless", block.text:match("[^\n]+"))
  end
  count = count + 1
  local place = source.line_of_code(count)
  check_attributes(block, place)
  if class == "console" and not block.attributes.file then return console(block, place) end
  if class ~= "c" and class ~= "output" then
    source.fail("a code block is one of c, output, console, not " .. tostring(class or "nameless"), place)
  end
  if not block.attributes.file then
    source.fail(class .. " is typed into the lesson; include it from a file", place)
  end
  if block.text ~= "" then source.fail(block.attributes.file .. ": the block must be empty", place) end
  return class == "c" and c_listing(block, place) or output_listing(block, place)
end

return { { CodeBlock = code_block } }
