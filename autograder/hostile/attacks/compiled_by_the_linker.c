// Looks like an object for link-time optimisation: the linker would compile it anew, and everything that
// is found out about the object would be about something else.
// levels: A B C
// points: 0
// brings: nothing
// says: has a section of its own (.gnu.lto_.symtab)
//
__asm__(".section .gnu.lto_.symtab,\"e\",@progbits\n\t.zero 64\n\t.text");
