// Has the assembler repeat an instruction a thousand million times.
// levels: A B C
// points: 0
// brings: nothing
// says: {module}.c does not compile
//
__asm__(".rept 1000000000\n\tnop\n\t.endr");
