// Includes itself without an end.
// levels: A B C
// points: 0
// brings: nothing
// says: {module}.c does not compile
// says: nested
//
#include __FILE__
