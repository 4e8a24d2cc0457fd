// Text from a stranger, as it may be shown anywhere: in a terminal, in a log, in a web page.
#pragma once
#include <stddef.h>

// Makes a copy of bytes in which newline and tab stay, and so does what can be seen. Every other control
// character, every character that is invisible or turns the direction of text, and every byte that is no
// valid UTF-8 stands as \xNN. Text that is visible already comes out as it is. The caller frees the
// copy. NULL with errno ENOMEM.
char *visible_text(const char *bytes, size_t size);
