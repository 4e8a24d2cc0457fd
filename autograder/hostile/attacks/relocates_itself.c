// Adds a relocation of its own to the linker's: it is carried out while the program is being loaded.
// levels: A B C
// points: 0
// brings: nothing
// says: has a section of its own (.rela.dyn)
//
__asm__(".section .rela.dyn,\"a\"\n\t.quad 0x4000, 8, 0x1000\n\t.text"); // R_X86_64_RELATIVE
