// How each level starts the warden. For sandbox.c only.
#pragma once
#include "sandbox.h"

// Become the warden, in the calling process (a fresh child whose descriptors 0 to 4 are in place), with
// `environment` plus KIT. They return only if that fails, with errno.
void isolated_become(const struct sandbox_job *job, const char *limits);
void bounded_become(const struct sandbox_job *job, const char *limits);
