// Has the assembler copy the system's password file into the program.
// levels: A B C
// points: 0
// brings: nothing
// says: {module}.c does not compile
// says: /etc/shadow
//
__asm__(".data\n.globl stolen\nstolen:\n\t.incbin \"/etc/shadow\"\n\t.text");
