// Why something cannot be had: what a test asks its drive for.
#pragma once

enum kind {
    KIND_STATUS, // the argument `status`
    KIND_CUT,
    KIND_CHUNK,
    KIND_SILENCE,
    KIND_NO_HTTP,
    KIND_RESET,
    KIND_LOOP,
    KIND_REFUSED,
    KIND_NO_HOST,
    KIND_STALL,
    KIND_DRIP,
    KIND_MUTE,
    KIND_TO_FILE,
    KIND_TO_FTP,
    KIND_FILE,
    KIND_FTP,
    KIND_NO_LINK,
    KIND_NO_SCHEME,
    KIND_NULL,
};
