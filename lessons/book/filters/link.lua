-- Links of a lesson: to a page of the book or a place on it (04-guard.html, 04-guard.html#the-guard, #the-guard),
-- to a file of the repository (../../exercises/README.md; the lesson and its page lie equally deep), to the web.

local source = require("source")
local places = require("places")

local function is_of_the_web(target)
  local host, rest = target:match("^https?://([^/?#]+)(.*)$")
  return host and host:match("^[%w-]+%.[%w.-]*%w$") and not rest:match("[%s<>]")
end

local function link(element)
  local target = element.target
  local near = "](" .. target
  if target:match("^%a[%w+.-]*:") and not is_of_the_web(target) then
    source.fail("not the address of a page on the web: " .. target, near, (target:gsub("^mailto:", "")))
  end
  places.add(source.place(near, target), target)
end

return { { Link = link } }
