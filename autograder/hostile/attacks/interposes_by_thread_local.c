// Brings its own errno, a thread's variable, and a stdout that is none.
// levels: A B C
// points: 0
// brings: nothing
// says: {failure}
//
__asm__(".section .tbss, \"awT\", @nobits\n\t"
        ".globl errno\n\t.type errno, @tls_object\nerrno:\n\t.zero 4\n\t"
        ".data\n\t.globl stdout\nstdout:\n\t.quad 0\n\t.text");
