// Text that is visible (sandbox/visible.h) as a part of another language: nothing in it means anything
// there. Nor can it be a command to a CI system that reads the output of a step: those begin with "##",
// or with "::" at the begin of a word.
#pragma once
#include <jansson.h>
#include <stdio.h>

// For a terminal or a log.
void escape_text(const char *text, FILE *file);

// For XML 1.0 and HTML: between tags, and in an attribute's quotes, where lines stay lines, too.
void escape_markup(const char *text, FILE *file);
void escape_attribute(const char *text, FILE *file);

// For GitHub's Markdown, in a line of its own, a table's cell or a heading: it stays in its line.
void escape_markdown(const char *text, FILE *file);

// For a workflow command of GitHub Actions: behind its second "::", and the value of a property.
void escape_command_data(const char *text, FILE *file);
void escape_command_property(const char *text, FILE *file);

// For a line of TAP: the description of a test or the reason of a directive.
void escape_tap(const char *text, FILE *file);

// A JSON value (and so YAML, too, if it is a string), with flags of json_dumps().
void escape_json(const json_t *value, size_t flags, FILE *file);
