// Base64 (RFC 4648), in one line.
#pragma once
#include <stddef.h>
#include <stdio.h>

void base64_write(const char *bytes, size_t size, FILE *file);
