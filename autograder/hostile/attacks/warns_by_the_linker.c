// Has the linker print a text of its choice when write is linked with.
// levels: A B C
// points: 0
// brings: nothing
// says: has a section of its own (.gnu.warning.write)
//
__asm__(".section .gnu.warning.write\n\t.string \"::error::forged by the submission\"\n\t.text");
