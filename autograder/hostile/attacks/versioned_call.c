// Asks for fork by its version, so that the call would not be led to the driver.
// levels: A B C
// points: 0
// brings: attack
// says: asks for a certain version
//
int fork_itself(void);
__asm__(".symver fork_itself, fork@GLIBC_2.2.5");

static void attack(void)
{
    fork_itself();
}
