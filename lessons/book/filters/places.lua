-- The lines where an author has written links and names. Whether they are right is known when all pages are made, so
-- each page leaves its places to check_pages.awk.

local source = require("source")

local places = {}

local lines = {}

-- What stands there: the target of a link, or "id NAME".
function places.add(place, what)
  table.insert(lines, place .. "\t" .. source.slug .. ".html\t" .. what .. "\n")
end

-- Writes the file that the environment names as BOOK_LINKS, if it does.
function places.write()
  local path = os.getenv("BOOK_LINKS")
  if not path then return end
  local file = assert(io.open(path, "w"))
  file:write(table.concat(lines))
  file:close()
end

return places
