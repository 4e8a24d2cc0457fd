-- Manual pages: `fork(2)` in a text leads to the page.
--
-- Debian's collection has those of the kernel, of the C library, and of the libraries that the workbook uses.

local manual = {}

-- Calls that look like pages.
local no_pages = { ["_exit(1)"] = true, ["_exit(3)"] = true, ["_exit(7)"] = true, ["Pool(8)"] = true }

-- The address of "fork(2)"; nil if the text is no page.
function manual.address(text)
  local name, section = text:match("^([%a_][%w_%-]*)%((%d)%)$")
  if name and not no_pages[text] then return "https://manpages.debian.org/" .. name .. "." .. section end
end

-- The pages that a text names: "fork(2)", "libcurl-easy(3)". Each once, in the order in which they stand there.
function manual.pages_in(text)
  local pages, seen = {}, {}
  for page in text:gmatch("[%a_][%w_%-]*%(%d%)") do
    if manual.address(page) and not seen[page] then table.insert(pages, page) end
    seen[page] = true
  end
  return pages
end

local function code(element)
  local address = manual.address(element.text)
  return address and pandoc.Link({ element }, address, "", { class = "manual" })
end

-- Where a link would lie in another one, or in what one clicks for another reason.
local function unlinked(element)
  return element:walk({
    Link = function(link) return link.classes:includes("manual") and link.content or nil end,
  })
end

local function link(element)
  return not element.classes:includes("manual") and unlinked(element) or nil
end

local function quiz(div)
  return div.classes:includes("quiz") and unlinked(div) or nil
end

manual.passes = { { Code = code }, { Link = link, Header = unlinked, Div = quiz } }

return manual
