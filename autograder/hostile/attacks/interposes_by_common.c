// Brings its own write as a common symbol, another kind that objcopy(1) does not make local.
// levels: A B C
// points: 0
// brings: nothing
// says: makes a symbol global for the whole program (write)
//
__asm__(".comm write, 64, 8");
