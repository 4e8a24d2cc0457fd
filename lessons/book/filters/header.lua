-- A C header, paragraph by paragraph: a comment, and the code that follows it up to the next empty line.

local header = {}

-- A list of { comment = lines without "// ", code = lines }.
function header.paragraphs_of(lines)
  local paragraphs = {}
  local comment, code = {}, {}
  for number = 1, #lines + 1 do
    local line = lines[number] or ""
    if line == "" then
      table.insert(paragraphs, { comment = comment, code = code })
      comment, code = {}, {}
    elseif line:match("^//") then
      table.insert(comment, (line:gsub("^// ?", "")))
    else
      table.insert(code, line)
    end
  end
  return paragraphs
end

-- The functions that a paragraph declares: their names, at the margin. What a comment mentions is not declared.
function header.declared_in(paragraph)
  local names = {}
  for _, line in ipairs(paragraph.code) do
    line = line:gsub("//.*", "")
    local name = line:match("^[%a_][%w_ %*]-([%a_][%w_]*)%(") or line:match("%)%)%s+[%a_][%w_ %*]-([%a_][%w_]*)%(")
    if name and name ~= "__attribute__" then table.insert(names, name) end
  end
  return names
end

return header
