// Includes the system's password file: a compiler's messages quote what they cannot read.
// levels: A B C
// points: 0
// brings: nothing
// says: {module}.c does not compile
// says A: No such file
// says B: Permission denied
// says C: /etc/shadow
//
#include "/etc/shadow"
