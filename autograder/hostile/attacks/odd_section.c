// Places instructions into the section .init, which runs before main.
// levels: A B C
// points: 0
// brings: nothing
// says: runs before main
//
__asm__(".section .init,\"ax\",@progbits\n\tnop\n\t.text");
