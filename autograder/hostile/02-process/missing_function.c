// Lacks a function of the header, so it does not link.
// levels: A B C
// points: 0
// brings: process_release
// says: has no function process_release()
// says: process_release
