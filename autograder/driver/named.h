// Between the sandbox and faulty_named.c.
#pragma once

// The environment variable that names the folder for shared memory and semaphores with a name. Not set:
// it is /dev/shm, as ever.
#define NAMED_FOLDER "NAMED_FOLDER"
