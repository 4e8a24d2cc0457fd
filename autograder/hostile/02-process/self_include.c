// Includes itself without an end.
// levels: A C
// points: 0
// brings: nothing
// says: process.c does not compile
// says: nested
//
#include __FILE__
