// Calls the function of the driver that forgets what the audit of system calls has seen.
// levels: A B C
// points: 0
// brings: attack
// says: a name that belongs to the grader (faulty_forget)
//
void faulty_forget(void);

static void attack(void)
{
    faulty_forget();
}
